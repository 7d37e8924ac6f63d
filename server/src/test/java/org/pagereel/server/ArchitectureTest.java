package org.pagereel.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The house's nevers (docs/ARCHITECTURE.md). */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.pagereel");

  @Test
  void theRecorderDoesNotKnowTheServer() {
    noClasses()
        .that()
        .resideInAPackage("org.pagereel.recorder..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.pagereel.server..")
        .check(PRODUCT);
  }

  /** Faces know the core, the core knows the platform; {@code service} puts them together. */
  @Test
  void theFourGroupsDependInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.pagereel.server..")
        .layer("service")
        .definedBy("org.pagereel.server.service..")
        .layer("faces")
        .definedBy("org.pagereel.server.faces..")
        .layer("core")
        .definedBy("org.pagereel.server.core..")
        .layer("platform")
        .definedBy("org.pagereel.server.platform..")
        .layer("tools")
        .definedBy("org.pagereel.server.tools..")
        .whereLayer("tools")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("service")
        .mayOnlyBeAccessedByLayers("tools")
        .whereLayer("faces")
        .mayOnlyBeAccessedByLayers("service", "tools")
        .whereLayer("core")
        .mayOnlyBeAccessedByLayers("faces", "service", "tools")
        .check(PRODUCT);
  }

  @Test
  void theCoreKnowsNoWeb() {
    noClasses()
        .that()
        .resideInAPackage("org.pagereel.server.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.pagereel.server.platform.http..", "io.javalin..")
        .check(PRODUCT);
  }

  @Test
  void ffmpegHasTwoRooms() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.pagereel.recorder.media", "org.pagereel.recorder.mix")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(PRODUCT);
  }

  @Test
  void playwrightHasOneHome() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.pagereel.recorder.browser")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.microsoft.playwright..")
        .check(PRODUCT);
  }

  @Test
  void nativeTypesStayOutOfPublicSignatures() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .notHaveRawReturnType(aNativeType())
        .check(PRODUCT);
  }

  @Test
  void packagesFormNoCircle() {
    slices().matching("org.pagereel.(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void staticStateIsConstant() {
    fields().that().areStatic().should().beFinal().check(PRODUCT);
  }

  @Test
  void nobodySleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(PRODUCT);
    noClasses().should().callMethod(Thread.class, "sleep", java.time.Duration.class).check(PRODUCT);
  }

  /** Reads are {@code withHandle}, and what writes has a turn, which comes with a transaction. */
  @Test
  void whatWritesIsATransaction() {
    noClasses()
        .should()
        .callMethod(Jdbi.class, "useHandle", HandleConsumer.class)
        .because("a write outside of a transaction fails: see store.Database")
        .check(PRODUCT);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
        .check(PRODUCT);
  }

  private static DescribedPredicate<JavaClass> aNativeType() {
    return DescribedPredicate.describe(
        "a type of FFmpeg or Playwright",
        type ->
            type.getPackageName().startsWith("org.bytedeco")
                || type.getPackageName().startsWith("com.microsoft.playwright"));
  }
}
