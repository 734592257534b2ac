package io.clickthread.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.clickthread.capture.NewTouchpoints;
import io.clickthread.conversion.BulkEntries;
import io.clickthread.conversion.ContactLock;
import io.clickthread.source.SourceMapping;
import io.clickthread.support.Sources;
import io.clickthread.webhook.WebhookFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The packages and classes keep the shape that the architecture page draws. */
@AnalyzeClasses(packages = "io.clickthread", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final int LONGEST_CLASS = 300;

    @ArchTest
    static final ArchRule packagesDependInTheDrawnDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("system").definedBy("..clickthread.system..")
            .layer("store").definedBy("..clickthread.store..")
            .layer("security").definedBy("..clickthread.security..")
            .layer("http").definedBy("..clickthread.http..")
            .layer("graph").definedBy("..clickthread.graph..")
            .layer("contact").definedBy("..clickthread.contact..")
            .layer("channel").definedBy("..clickthread.channel..")
            .layer("account").definedBy("..clickthread.account..")
            .layer("capture").definedBy("..clickthread.capture..")
            .layer("conversation").definedBy("..clickthread.conversation..")
            .layer("conversion").definedBy("..clickthread.conversion..")
            .layer("source").definedBy("..clickthread.source..")
            .layer("csv").definedBy("..clickthread.csv..")
            .layer("imports").definedBy("..clickthread.imports..")
            .layer("webhook").definedBy("..clickthread.webhook..")
            .layer("automatic").definedBy("..clickthread.automatic..")
            .layer("check").definedBy("..clickthread.check..")
            .layer("start").definedBy("..clickthread.start..")
            .layer("custom").definedBy("..clickthread.custom..")
            .layer("reload").definedBy("..clickthread.reload..")
            .layer("simulator").definedBy("..clickthread.simulator..")
            .layer("local").definedBy("..clickthread.local..")
            .whereLayer("system").mayNotAccessAnyLayer()
            .whereLayer("store").mayOnlyAccessLayers("system")
            .whereLayer("custom").mayOnlyAccessLayers("system")
            .whereLayer("security").mayOnlyAccessLayers("system")
            .whereLayer("http").mayOnlyAccessLayers("system", "store")
            .whereLayer("graph").mayOnlyAccessLayers("system", "security", "http")
            .whereLayer("contact").mayNotAccessAnyLayer()
            .whereLayer("channel").mayOnlyAccessLayers("system", "store", "security", "http")
            .whereLayer("account").mayOnlyAccessLayers("system", "store", "security", "http", "graph", "channel", "contact")
            .whereLayer("capture").mayOnlyAccessLayers("system", "store", "http", "contact", "channel")
            .whereLayer("conversation").mayOnlyAccessLayers("system", "store", "http", "account")
            .whereLayer("conversion").mayOnlyAccessLayers("custom", "system", "store", "http", "graph", "contact", "account")
            .whereLayer("csv").mayOnlyAccessLayers("http")
            .whereLayer("imports").mayOnlyAccessLayers("system", "store", "security", "http", "account", "conversion", "csv")
            .whereLayer("webhook").mayOnlyAccessLayers("system", "store", "security", "http", "contact", "channel", "capture")
            .whereLayer("source").mayOnlyAccessLayers("system", "store", "security", "http", "channel", "account", "capture",
                    "conversion", "csv")
            .whereLayer("automatic").mayOnlyAccessLayers("system", "store", "http", "contact", "channel", "account", "capture",
                    "conversion")
            .whereLayer("check").mayNotAccessAnyLayer()
            .whereLayer("start").mayOnlyAccessLayers("system", "store", "security", "check")
            .whereLayer("reload").mayOnlyAccessLayers("system", "check", "start", "http", "custom")
            .whereLayer("reload").mayNotBeAccessedByAnyLayer()
            .whereLayer("local").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.clickthread.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule camelStaysAtTheEdges = noClasses().that()
            .resideOutsideOfPackages("..clickthread.http..", "..clickthread.graph..", "..clickthread.store..", "..clickthread.check..", "..clickthread.start..",
                    "..clickthread.custom..", "..clickthread.reload..", "..clickthread.simulator..")
            .and(not(belongToAnyOf(NewTouchpoints.class, BulkEntries.class, ContactLock.class, SourceMapping.class, WebhookFormat.class)))
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel..", "io.vertx..")
            .because("beans think, routes move: a bean that knows no Camel is tested as a function");

    @ArchTest
    static final ArchRule productionKnowsNothingOfTheLocalProfile = noClasses().that()
            .resideOutsideOfPackage("..clickthread.local..").should().dependOnClassesThat()
            .resideInAnyPackage("io.zonky..");

    @ArchTest
    static final ArchRule nothingThatIsPackedNeedsTheSimulator = noClasses().that()
            .resideOutsideOfPackage("..clickthread.simulator..").should().dependOnClassesThat()
            .resideInAPackage("..clickthread.simulator..").because("the jar leaves the simulator out");

    @ArchTest
    static final ArchRule nobodyDrawsWeakRandomNumbers = noClasses().should().dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random").because("ids and keys come from SecureRandom, jitter from "
                    + "ThreadLocalRandom");

    @ArchTest
    static final ArchRule onlyWhatSpeaksToAPersonWritesToStandardStreams = noClasses()
            .that().doNotHaveSimpleName("StartupBanner").and().doNotHaveSimpleName("HealthCheck")
            .and().doNotHaveSimpleName("ClickthreadApplication")
            .should(com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule everythingComesThroughTheConstructor = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    /** By its folders, because the jar leaves out what lies in a folder of this name, and nothing else. */
    @ArchTest
    static void theSourceSetOfTheSimulatorIsItsPackageAndNothingElse(com.tngtech.archunit.core.domain.JavaClasses classes) {
        Path own = Path.of("io/clickthread/simulator");
        assertThat(Sources.below(Sources.SIMULATOR, "")).isNotEmpty()
                .allMatch(file -> Sources.SIMULATOR.relativize(file).startsWith(own));
        assertThat(Sources.below(Path.of("src/simulator/resources"), "")).isNotEmpty()
                .allMatch(file -> file.getParent().endsWith("simulator"));
        assertThat(Sources.below(Path.of("src/main"), "")).isNotEmpty().noneMatch(file -> file.getParent().endsWith("simulator"));
        assertThat(classes).as("the classes that the other rules look at").anyMatch(type -> type.getPackageName().endsWith(".simulator"));
    }

    @ArchTest
    static void classesAreShort(com.tngtech.archunit.core.domain.JavaClasses ignored) {
        assertThat(Stream.concat(Sources.java().stream(), Sources.below(Path.of("src/test/java"), ".java").stream()))
                .allSatisfy(file -> assertThat(Files.readAllLines(file).size()).isLessThanOrEqualTo(LONGEST_CLASS));
    }
}
