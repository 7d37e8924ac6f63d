package org.pagereel.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WholeMachineTest {
  /** Without it, they would find what the soak is just doing. */
  @Test
  void everyClassThatLooksAtTheMachineHasIt() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Test")
        .and()
        .haveNameNotMatching(".*\\.(SoakTest|WholeMachineTest)")
        .and()
        .areNotAnnotatedWith(WholeMachine.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(LeftoverCheck.class, TestRecorder.class, Victims.class)
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("org.pagereel.server"));
  }
}
