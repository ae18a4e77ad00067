package dev.herald.local;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The launcher's packages depend on each other in one direction. */
class PackagesTest {

    @Test
    void useOnlyThePackagesBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("process")
                .definedBy("dev.herald.local.process")
                .layer("settings")
                .definedBy("dev.herald.local.settings")
                .layer("server")
                .definedBy("dev.herald.local.server")
                .layer("suite")
                .definedBy("dev.herald.local.suite")
                .layer("cli")
                .definedBy("dev.herald.local.cli")
                .whereLayer("process")
                .mayNotAccessAnyLayer()
                .whereLayer("settings")
                .mayOnlyAccessLayers("process")
                .whereLayer("server")
                .mayOnlyAccessLayers("process", "settings")
                .whereLayer("suite")
                .mayOnlyAccessLayers("process", "settings", "server")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .because("a lower package that knows a higher one makes both one package")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.herald.local"));
    }
}
