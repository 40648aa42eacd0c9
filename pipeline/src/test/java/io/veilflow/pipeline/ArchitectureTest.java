package io.veilflow.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.session.ProtocolAbortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The lines of DESIGN section 3 and STYLE sections 3, 7 and 8, held by the build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String FLINK = "org.apache.flink..";
    private static final String GENERATED_RULE = "io.veilflow.rule.v1..";
    private static final String GENERATED_WIRE = "io.veilflow.pipeline.wire..";

    /** A module's test jar: a folder of test classes while only compiling, a jar when packaged. */
    private static final String TEST_JAR = "-tests.jar";

    private static final List<String> SUFFIXES = List.of(
            "Test",
            "PropertyTest",
            "VectorTest",
            "ProtocolTest",
            "AdversaryTest",
            "RedactionTest",
            "ObliviousnessTest",
            "DifferentialTest",
            "FuzzTest",
            "ITCase");

    private JavaClasses product;
    private JavaClasses tests;

    @BeforeAll
    void read() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains(TEST_JAR))
                .importPackages("io.veilflow");
        tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("io.veilflow");
    }

    @Test
    void operatorsAndProverDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.veilflow.mpc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.veilflow.zk..",
                        "io.veilflow.nativelib..",
                        "io.veilflow.pipeline..",
                        "io.veilflow.contracts..")
                .check(product);
        noClasses()
                .that()
                .resideInAPackage("io.veilflow.zk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.veilflow.mpc..", "io.veilflow.pipeline..", "io.veilflow.contracts..")
                .check(product);
    }

    @Test
    void theLowerModulesKnowNothingOfOurs() {
        for (String module : List.of("io.veilflow.nativelib..", "io.veilflow.contracts..", "io.veilflow.datasets..")) {
            noClasses()
                    .that()
                    .resideInAPackage(module)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.veilflow..").and(not(resideInAnyPackage(module, GENERATED_RULE))))
                    .check(product);
        }
    }

    @Test
    void onlyTheFlinkPackagesAndThePartysMainClassImportFlink() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.veilflow.mpc.flink..", "io.veilflow.pipeline.flink..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FLINK)
                .check(product);
    }

    @Test
    void onlyThePostingPackageAndTheContractsKnowWeb3j() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.veilflow.pipeline.post..", "io.veilflow.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.web3j..")
                .check(product);
    }

    @Test
    void thePartyCoreIsFreeOfFlink() {
        noClasses()
                .that()
                .resideInAPackage("io.veilflow.pipeline.party..")
                .and()
                .doNotHaveSimpleName("PartyProcess")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FLINK, "io.veilflow.pipeline.flink..", "io.veilflow.mpc.flink..")
                .check(product);
    }

    @Test
    void onlyTheChainPackageKnowsWeb3j() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.veilflow.contracts..", "io.veilflow.pipeline.post..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.web3j..")
                .check(product);
    }

    @Test
    void nativesAreNotPublic() {
        methods()
                .that()
                .haveModifier(JavaModifier.NATIVE)
                .should()
                .notBePublic()
                .check(product);
    }

    @Test
    void abortsAreCaughtOnlyWhereTheSessionEnds() {
        Set<String> catching = product.stream()
                .filter(type -> type.getCodeUnits().stream()
                        .flatMap(unit -> unit.getTryCatchBlocks().stream())
                        .anyMatch(ArchitectureTest::catchesAborts))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(
                        "io.veilflow.pipeline.account.AccountSession",
                        "io.veilflow.pipeline.key.GroupKeyCeremony",
                        "io.veilflow.pipeline.party.AttemptLoop",
                        "io.veilflow.pipeline.simulate.SimulatedParty"),
                catching);
    }

    @Test
    void onlyTheMaskedSumIsOpenedAheadOfVerification() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.veilflow.mpc.replicated.convert.BitsToNumber")
                .and()
                .doNotHaveFullyQualifiedName("io.veilflow.mpc.replicated.MaskedOpening")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.veilflow.mpc.replicated.MaskedOpening")
                .check(product);
    }

    @Test
    @DisplayName("B17: nothing of ours reads serialised objects")
    void nothingDeserialisesObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(product);
    }

    @Test
    void onlyAVerificationAndTheEndOfASessionForgetProducts() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.veilflow.mpc.verification..",
                        "io.veilflow.mpc.transport..",
                        "io.veilflow.pipeline.simulate..")
                .should()
                .callMethod(Ledger.class, "wipe")
                .check(product);
    }

    @Test
    void everyPackageSaysWhatBelongsIntoIt() throws IOException {
        Set<String> silent = new TreeSet<>();
        for (Path sources : sourceFolders()) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .forEach(folder -> silent.add(folder.toString()));
            }
        }
        assertEquals(Set.of(), silent, "packages without package-info");
    }

    @Test
    void classesAreNamedByWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl)")
                .check(product.that(not(resideInAnyPackage(GENERATED_RULE, GENERATED_WIRE))));
    }

    @Test
    void thereIsNoStaticMutableState() {
        classes()
                .that()
                .resideOutsideOfPackages(GENERATED_RULE, GENERATED_WIRE, "io.veilflow.contracts..")
                .should(haveFinalStaticFields())
                .check(product);
    }

    @Test
    void testClassesCarryASuffixThatMakesThemRun() {
        Set<String> misnamed = tests.stream()
                .filter(type -> type.getMethods().stream()
                        .anyMatch(method -> method.isAnnotatedWith(Test.class)
                                || method.isAnnotatedWith("org.junit.jupiter.params.ParameterizedTest")))
                .map(JavaClass::getName)
                .filter(name -> SUFFIXES.stream().noneMatch(name::endsWith))
                .filter(name -> !name.contains("$"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), misnamed);
    }

    private static boolean catchesAborts(TryCatchBlock block) {
        return block.getCaughtThrowables().stream()
                .anyMatch(caught -> caught.isEquivalentTo(ProtocolAbortException.class));
    }

    private static List<Path> sourceFolders() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("").toAbsolutePath().getParent())) {
            List<Path> folders = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
            assertTrue(folders.size() >= 5, "modules found: " + folders);
            return folders;
        }
    }

    private static ArchCondition<JavaClass> haveFinalStaticFields() {
        return new ArchCondition<>("have final static fields only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                        .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .forEach(field -> events.add(SimpleConditionEvent.violated(field, field.getFullName())));
            }
        };
    }
}
