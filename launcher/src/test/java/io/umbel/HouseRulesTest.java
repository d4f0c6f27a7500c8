package io.umbel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Set;

/**
 * The rooms of the house and the only arrows between them: launcher to gateway, registry and tools;
 * those three to the contract, whoever has tables to storage, and whoever asks servers of others to
 * outbound. Sees what is on the launcher's class path, so every family has to be a dependency of
 * the launcher.
 */
@AnalyzeClasses(packages = "io.umbel", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

  private static final String CONTRACT = "io.umbel.contract..";
  private static final String STORAGE = "io.umbel.storage..";
  private static final String OUTBOUND = "io.umbel.outbound..";
  private static final String GATEWAY = "io.umbel.gateway..";
  private static final String REGISTRY = "io.umbel.registry..";
  private static final String TOOLS = "io.umbel.tools..";
  private static final String LAUNCHER = "io.umbel.launcher..";
  private static final String SESSION_ERA = "io.umbel.gateway.legacy..";

  /** Full names of the only classes outside the session era's package that know of it. */
  private static final Set<String> WIRES_THE_SESSION_ERA = Set.of(
      "io.umbel.gateway.McpServer",
      "io.umbel.gateway.http.McpHttpEndpoint",
      "io.umbel.gateway.http.SseEndpoint",
      "io.umbel.gateway.stdio.StdioVerticle");

  @ArchTest
  void everyClassLivesInARoom(JavaClasses house) {
    classes()
        .should()
        .resideInAnyPackage(CONTRACT, STORAGE, OUTBOUND, GATEWAY, REGISTRY, TOOLS, LAUNCHER)
        .allowEmptyShould(true)
        .check(house);
  }

  @ArchTest
  void gatewayRegistryAndFamiliesMeetOnlyOnTheBus(JavaClasses house) {
    forbid(house, GATEWAY, REGISTRY, TOOLS);
    forbid(house, REGISTRY, GATEWAY, TOOLS);
    forbid(house, TOOLS, GATEWAY, REGISTRY);
  }

  @ArchTest
  void aFamilyOfToolsNeverKnowsAnother(JavaClasses house) {
    slices()
        .matching("io.umbel.tools.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(house);
  }

  @ArchTest
  void theContractKnowsNobody(JavaClasses house) {
    forbid(house, CONTRACT, STORAGE, OUTBOUND, GATEWAY, REGISTRY, TOOLS, LAUNCHER);
  }

  @ArchTest
  void storageKnowsNobody(JavaClasses house) {
    forbid(house, STORAGE, CONTRACT, OUTBOUND, GATEWAY, REGISTRY, TOOLS, LAUNCHER);
    forbid(
        house, STORAGE, "io.vertx.core.eventbus..", "io.vertx.core.http..", "io.vertx.ext.web..");
  }

  @ArchTest
  void outboundKnowsNobody(JavaClasses house) {
    forbid(house, OUTBOUND, CONTRACT, STORAGE, GATEWAY, REGISTRY, TOOLS, LAUNCHER);
    forbid(house, OUTBOUND, "io.vertx.core.eventbus..", "io.vertx.sqlclient..");
  }

  @ArchTest
  void onlyStorageMigrates(JavaClasses house) {
    for (var room : new String[] {CONTRACT, GATEWAY, REGISTRY, TOOLS, LAUNCHER}) {
      forbid(house, room, "org.flywaydb..", "org.postgresql..", "java.sql..");
    }
  }

  @ArchTest
  void nobodyKnowsTheLauncher(JavaClasses house) {
    forbid(house, GATEWAY, LAUNCHER);
    forbid(house, REGISTRY, LAUNCHER);
    forbid(house, TOOLS, LAUNCHER);
  }

  @ArchTest
  void theContractSpeaksNeitherHttpNorSqlNorHazelcast(JavaClasses house) {
    forbid(house, CONTRACT, "io.vertx.core.http..", "io.vertx.ext.web..", "java.net.http..");
    forbid(house, CONTRACT, "io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..");
    forbid(house, CONTRACT, "com.hazelcast..", "io.vertx.spi.cluster..");
  }

  @ArchTest
  void theSessionEraCouldBeDeleted(JavaClasses house) {
    noClasses()
        .that(resideInAPackage("io.umbel.."))
        .and(DescribedPredicate.not(resideInAPackage(SESSION_ERA)))
        .and(describe("do not wire it", type -> !WIRES_THE_SESSION_ERA.contains(topLevel(type))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SESSION_ERA)
        .allowEmptyShould(true)
        .check(house);
  }

  private static void forbid(JavaClasses house, String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .allowEmptyShould(true)
        .check(house);
  }

  private static String topLevel(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }
}
