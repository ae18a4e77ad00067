package dev.herald.platform.testing;

import static com.tngtech.archunit.lang.conditions.ArchConditions.bePackagePrivate;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.springframework.util.ClassUtils;

/** The architecture rules for every module's main code. */
public final class HouseRules {

    private static final String PLATFORM = "dev.herald.platform";

    private HouseRules() {}

    /** Checks the module with this root package. */
    public static void check(String module) {
        JavaClasses code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(module);
        packagesHaveNoCycles(module).check(code);
        packagesHaveNoCycles(PLATFORM).check(platformOnTheClassPath());
        everyPackageIsNullMarked().check(code);
        entitiesAndRepositoriesStayInTheirFeature().check(code);
        modulesKnowThePlatformAlone(module).check(code);
        if (module.equals(PLATFORM)) {
            nothingIsComponentScanned().check(code);
        }
    }

    /** Fails if one of these classes is on the class path, which contains what the module and its tests use. */
    public static void checkAbsent(String... classes) {
        assertThat(classes).noneMatch(name -> ClassUtils.isPresent(name, HouseRules.class.getClassLoader()));
    }

    /** The platform's modules that the tested module depends on; a service with a database depends on all of them. */
    private static JavaClasses platformOnTheClassPath() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PLATFORM);
    }

    private static ArchRule packagesHaveNoCycles(String module) {
        return slices().matching(module + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    private static ArchRule everyPackageIsNullMarked() {
        return classes().should(new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
            }
        });
    }

    private static ArchRule entitiesAndRepositoriesStayInTheirFeature() {
        DescribedPredicate<JavaClass> stored = DescribedPredicate.describe(
                "entities or repositories",
                type -> type.isAnnotatedWith("jakarta.persistence.Entity")
                        || type.isAnnotatedWith("org.springframework.stereotype.Repository")
                        || type.isAssignableTo("org.springframework.data.repository.Repository"));
        return classes().that(stored).should(bePackagePrivate()).allowEmptyShould(true);
    }

    private static ArchRule modulesKnowThePlatformAlone(String module) {
        return noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to another service",
                        type -> type.getPackageName().startsWith("dev.herald.")
                                && !type.getPackageName().startsWith(PLATFORM)
                                && !type.getPackageName().startsWith(module)));
    }

    private static ArchRule nothingIsComponentScanned() {
        return noClasses()
                .should()
                .beAnnotatedWith("org.springframework.stereotype.Component")
                .orShould()
                .beAnnotatedWith("org.springframework.stereotype.Service");
    }
}
