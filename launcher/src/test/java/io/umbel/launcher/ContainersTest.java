package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.settings.Key;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files in {@code docker/}: they name what there is, and nothing in them runs with more rights
 * than it needs. That they are well written is what {@code docker/check} sees to.
 */
class ContainersTest {

  private static final Path DOCKER = UmbelProcess.home().resolve("docker");
  private static final Pattern OURS = Pattern.compile("\\b(?:UMBEL|MCP|RATE_LIMIT)_[A-Z_]+\\b");
  private static final Pattern DATASOURCE =
      Pattern.compile("\"datasource\": \\{\\s*\"type\": \"(\\w+)\",\\s*\"uid\": \"([^\"]+)\"\\s*}");
  private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?\\d+[a-z0-9._-]*");

  /** What others than a node read: the start script, nginx, and compose.yml itself. */
  private static final Set<String> OTHERS = Set.of(
      "UMBEL_JAVA_HOME",
      "UMBEL_JAVA_OPTS",
      "UMBEL_LISTEN",
      "UMBEL_RESOLVER",
      "UMBEL_GATEWAY_A",
      "UMBEL_GATEWAY_B",
      "UMBEL_VERSION",
      "UMBEL_MEMORY",
      "UMBEL_PUBLISH",
      "UMBEL_DATABASE_PASSWORD",
      "UMBEL_GRAFANA_PASSWORD",
      "UMBEL_GRAFANA_PUBLISH");

  @ParameterizedTest
  @MethodSource("files")
  void noFileNamesAVariableThatNobodyReads(Path file) throws IOException {
    var known = new HashSet<>(OTHERS);
    Key.all().forEach(key -> known.add(key.env()));
    var named = OURS.matcher(Files.readString(file)).results().map(found -> found.group());

    assertThat(named.filter(name -> !name.endsWith("_"))).isSubsetOf(known);
  }

  @ParameterizedTest
  @MethodSource("services")
  void aContainerHasNoMoreThanItNeeds(String name, JsonObject service) {
    assertThat(service.getBoolean("read_only")).isTrue();
    assertThat(service.getJsonArray("cap_drop")).containsExactly("ALL");
    assertThat(service.getJsonArray("security_opt")).containsExactly("no-new-privileges:true");
    assertThat(service.fieldNames()).contains("mem_limit", "pids_limit", "restart");
    assertThat(service.getString("image"))
        .satisfiesAnyOf(
            image -> assertThat(image).matches(PINNED),
            image -> assertThat(image).startsWith("umbel:"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatIsPublishedIsSoOnThisMachineUnlessToldOtherwise(String name, JsonObject service) {
    assertThat(service.getJsonArray("ports", new JsonArray()))
        .allSatisfy(port -> assertThat((String) port).contains(":-127.0.0.1:"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void onlyNodesAreInTheClustersNetwork(String name, JsonObject service) {
    var networks = service.getValue("networks") instanceof JsonObject named
        ? named.fieldNames()
        : service.getJsonArray("networks");
    var isNode = service.getString("image").startsWith("umbel:");

    assertThat(networks.toString().contains("cluster")).isEqualTo(isNode);
  }

  @Test
  void theClusterAndTheStoresAreReachedFromInsideOnly() {
    var networks = compose().getJsonObject("networks");
    assertThat(networks.getJsonObject("cluster").getBoolean("internal")).isTrue();
    assertThat(networks.getJsonObject("stores").getBoolean("internal")).isTrue();
  }

  @Test
  void nodesTogetherRunEveryRoleThereIsAndTheRehearsalDoesToo() throws IOException {
    var services = compose().getJsonObject("services");
    var roles = new TreeSet<String>();
    for (var name : services.fieldNames()) {
      var service = services.getJsonObject(name);
      if (service.getString("image").startsWith("umbel:")) {
        var environment = service.getJsonObject("environment");
        roles.addAll(List.of(environment.getString("UMBEL_ROLES").split(",")));
      }
    }
    assertThat(String.join(",", roles)).isEqualTo(sorted(Key.ROLES.absent()));
    var tools =
        services.getJsonObject("tools-a").getJsonObject("environment").getString("UMBEL_ROLES");
    assertThat(Files.readString(DOCKER.resolve("rehearsal/topology.mjs")))
        .contains("const FAMILIES = '" + tools + "';");
  }

  private static String sorted(String roles) {
    return String.join(",", new TreeSet<>(List.of(roles.split(","))));
  }

  @Test
  void noSecretHasADefault() throws IOException {
    var text = Files.readString(DOCKER.resolve("compose.yml"));
    for (var secret : List.of(
        "CLUSTER_SECRET", "REGISTRY_SECRET_KEYS", "DATABASE_PASSWORD", "GRAFANA_PASSWORD")) {
      assertThat(text).contains("${UMBEL_" + secret + ":?").doesNotContain(secret + ":-");
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatIsMountedIsThere(String name, JsonObject service) {
    for (var volume : service.getJsonArray("volumes", new JsonArray())) {
      var source = volume.toString().replaceFirst(":.*", "");
      if (source.startsWith("./")) {
        assertThat(DOCKER.resolve(source)).exists();
      }
    }
  }

  @Test
  void theDashboardAsksTheDatasourceThatIsProvisioned() throws IOException {
    var provisioned = yaml("grafana/provisioning/datasources/umbel.yml")
        .getJsonArray("datasources")
        .getJsonObject(0);
    var dashboard = Files.readString(DOCKER.resolve("grafana/umbel.json"));
    var asked = DATASOURCE.matcher(dashboard).results().toList();

    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.group(1)).isEqualTo(provisioned.getString("type")))
        .allSatisfy(
            one -> assertThat(one.group(2)).isIn("${datasource}", provisioned.getString("uid")));
    assertThat(provisioned.getBoolean("isDefault"))
        .as("${datasource} is the default one until another is chosen")
        .isTrue();
  }

  @Test
  void theImageRunsAsNobodyInParticularFromPinnedBases() throws IOException {
    var lines = Files.readAllLines(DOCKER.resolve("Dockerfile"));
    var bases = lines.stream().filter(line -> line.startsWith("FROM ")).toList();

    assertThat(bases)
        .hasSize(2)
        .allSatisfy(base -> assertThat(base.replaceFirst("FROM (\\S+).*", "$1")).matches(PINNED));
    assertThat(lines).contains("USER 10001:10001");
    assertThat(lines.stream().filter(line -> line.matches("(ENTRYPOINT|CMD) .*")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("\\w+ \\[\".*\"]"));
  }

  /** PostgreSQL, which a node without a database URL starts, refuses to run as root. */
  @Test
  void whatTheBuildOfTheImageStartsIsNotRoots() throws IOException {
    var file = Files.readString(DOCKER.resolve("Dockerfile")).replace("\\\n", " ");
    var steps = file.lines().filter(line -> line.contains("umbel.jar rehearse")).toList();

    assertThat(steps)
        .singleElement()
        .asString()
        .containsPattern("setpriv --reuid=umbel --regid=umbel --clear-groups\\s+java ");
  }

  private static Stream<Path> files() {
    return Stream.of(
            "Dockerfile", "compose.yml", "example.env", "healthy", "nginx/nginx.conf.template")
        .map(DOCKER::resolve);
  }

  private static Stream<Object[]> services() {
    var services = compose().getJsonObject("services");
    return services.fieldNames().stream()
        .map(name -> new Object[] {name, services.getJsonObject(name)});
  }

  private static JsonObject compose() {
    return yaml("compose.yml");
  }

  private static JsonObject yaml(String name) {
    try (var file = Files.newBufferedReader(DOCKER.resolve(name))) {
      Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      return new JsonObject(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
