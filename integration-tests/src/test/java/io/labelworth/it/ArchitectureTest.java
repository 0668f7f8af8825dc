package io.labelworth.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows of docs/DESIGN.md: services -> learning, kafka-support, schemas; standalone ->
 * services.
 */
class ArchitectureTest {

    private static final String DEAD_LETTER = "io.labelworth.schemas.event.DeadLetter";

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.labelworth");
    }

    @Test
    void learningKnowsNoKafka() {
        noClasses()
                .that()
                .resideInAPackage("io.labelworth.learning..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.confluent..",
                        "org.apache.avro..",
                        "io.labelworth.kafka..",
                        "io.labelworth.schemas..")
                .check(house);
    }

    @Test
    void kafkaSupportKnowsNoEventButDeadLetters() {
        classes()
                .that()
                .resideInAPackage("io.labelworth.kafka..")
                .should()
                .onlyDependOnClassesThat(
                        com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are no events of the domain",
                                type ->
                                        !type.getPackageName().equals("io.labelworth.schemas.event")
                                                || type.getName().startsWith(DEAD_LETTER)))
                .check(house);
        noClasses()
                .that()
                .resideInAPackage("io.labelworth.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.labelworth.learning..", "ai.djl..")
                .check(house);
    }

    @Test
    void onlyLearningKnowsDjl() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.labelworth.learning..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(house);
    }

    @Test
    void servicesDoNotKnowEachOtherNorTheHouseAroundThem() {
        slices().matching("io.labelworth.(labeler|trainer|analytics)..")
                .should()
                .notDependOnEachOther()
                .check(house);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.labelworth.standalone..", "io.labelworth.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.labelworth.standalone..")
                .check(house);
    }
}
