package org.pagereel.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house's nevers (docs/ARCHITECTURE.md): the product keeps them, and each sees a violation. */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.pagereel");

  private static final JavaClasses WITH_VIOLATIONS =
      new ClassFileImporter()
          .withImportOption(
              place -> !place.contains("/test-classes/") || place.contains("/planted/"))
          .importPackages("org.pagereel");

  private static final ArchRule RECORDER =
      noClasses()
          .that()
          .resideInAPackage("org.pagereel.recorder..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.pagereel.server..");

  /** Faces know the core, the core knows the platform; {@code service} puts them together. */
  private static final ArchRule GROUPS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.pagereel.server..")
          .withOptionalLayers(true)
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
          .mayOnlyBeAccessedByLayers("faces", "service", "tools");

  private static final ArchRule WEB =
      noClasses()
          .that()
          .resideInAPackage("org.pagereel.server.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.pagereel.server.platform.http..", "io.javalin..");

  private static final ArchRule QUEUE =
      noClasses()
          .that()
          .resideInAPackage("org.pagereel.server.core.queue..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.pagereel.server.core.recording..", "org.pagereel.server.core.replay..");

  private static final ArchRule FFMPEG =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.pagereel.recorder.av")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  private static final ArchRule PLAYWRIGHT =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.pagereel.recorder.browser")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.microsoft.playwright..");

  private static final ArchRule SIGNATURES =
      codeUnits()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should(showNoNativeType());

  private static final ArchRule CIRCLES =
      slices().matching("org.pagereel.(**)").should().beFreeOfCycles();

  private static final ArchRule STATE = fields().that().areStatic().should().beFinal();

  private static final ArchRule SLEEP =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class);

  /** Reads are {@code withHandle}, and what writes has a turn, which comes with a transaction. */
  private static final ArchRule WRITES =
      noClasses()
          .should()
          .callMethod(Jdbi.class, "useHandle", HandleConsumer.class)
          .because("a write outside of a transaction fails: see store.Database");

  private static final ArchRule NULLS = classes().should(beInANullMarkedPackage());

  /**
   * A rule.
   *
   * @param violation a class of the tests that breaks it
   */
  record Never(String name, ArchRule rule, String violation) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Never> nevers() {
    return Stream.of(
        new Never("the recorder knows the server", RECORDER, "recorder.planted.KnowsTheServer"),
        new Never("the core knows faces", GROUPS, "server.core.planted.KnowsAFace"),
        new Never("the platform knows the core", GROUPS, "server.platform.planted.KnowsTheCore"),
        new Never("faces know the service", GROUPS, "server.faces.planted.KnowsTheService"),
        new Never("the core knows the web", WEB, "server.core.planted.KnowsTheWeb"),
        new Never("the queue knows a kind", QUEUE, "server.core.queue.planted.KnowsAKind"),
        new Never("FFmpeg outside its home", FFMPEG, "recorder.planted.UsesFfmpeg"),
        new Never("Playwright outside its home", PLAYWRIGHT, "recorder.planted.UsesPlaywright"),
        new Never("native types in public", SIGNATURES, "recorder.planted.ShowsANativeType"),
        new Never("native types are taken", SIGNATURES, "recorder.planted.TakesANativeType.take"),
        new Never("native types make it", SIGNATURES, "recorder.planted.TakesANativeType.<init>"),
        new Never("packages form a circle", CIRCLES, "server.planted.one.KnowsTwo"),
        new Never("static state changes", STATE, "server.planted.StateThatChanges"),
        new Never("somebody sleeps", SLEEP, "server.planted.Sleeps"),
        new Never("a write has no turn", WRITES, "server.planted.WritesWithoutATurn"),
        new Never("a package is not null-marked", NULLS, "server.planted.Sleeps"));
  }

  @ParameterizedTest
  @MethodSource("nevers")
  void theProductNeverDoes(Never never) {
    never.rule().check(PRODUCT);
  }

  @ParameterizedTest
  @MethodSource("nevers")
  void andWhoDoesIsSeen(Never never) {
    assertThat(never.rule().evaluate(WITH_VIOLATIONS).getFailureReport().getDetails())
        .anySatisfy(detail -> assertThat(detail).contains(never.violation()));
  }

  private static DescribedPredicate<JavaClass> aNativeType() {
    return DescribedPredicate.describe(
        "a type of FFmpeg or Playwright",
        type ->
            type.getPackageName().startsWith("org.bytedeco")
                || type.getPackageName().startsWith("com.microsoft.playwright"));
  }

  private static ArchCondition<JavaCodeUnit> showNoNativeType() {
    return new ArchCondition<>("show no type of FFmpeg or Playwright") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .filter(aNativeType())
            .map(type -> unit.getFullName() + " shows " + type.getName())
            .forEach(text -> events.add(SimpleConditionEvent.violated(unit, text)));
      }
    };
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getName()));
      }
    };
  }
}
