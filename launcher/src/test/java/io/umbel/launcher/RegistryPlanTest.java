package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.node.RegistryPlan;
import io.umbel.launcher.settings.Layer;
import io.umbel.launcher.settings.Settings;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.server.Credentials.Bearer;
import io.umbel.registry.server.Endpoint;
import io.umbel.storage.VaultKey;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryPlanTest {

  private static final String KEY = "A".repeat(43) + "=";

  @TempDir
  private Path data;

  @Test
  void hasNoServersUnlessTheOperatorNamesSome() {
    assertThat(plan(Map.of()).operators()).isEmpty();
  }

  @Test
  void readsTheServersOfTheOperator() {
    var docs = """
        [{"name": "Our Docs", "enabled": true, "url": "https://docs.example.com/mcp",
          "auth_mode": "bearer", "bearer_token": "s3cret", "timeout_seconds": 20, "trusted": true},
         {"name": "off", "transport": "stdio", "command": "srv", "args": ["-x"]}]
        """;
    var servers = plan(Map.of("MCP_CLIENT_SERVER_CONFIGS", docs)).operators();

    assertThat(servers.get(0).namespace()).isEqualTo("our-docs");
    assertThat(servers.get(0).key().isOperators()).isTrue();
    assertThat(servers.get(0).endpoint())
        .isEqualTo(
            new Endpoint.Http(URI.create("https://docs.example.com/mcp"), new Bearer("s3cret")));
    assertThat(servers.get(0).policy().active()).isTrue();
    assertThat(servers.get(0).policy().trusted()).isTrue();
    assertThat(servers.get(0).policy().limits().timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(servers.get(1).policy().active()).isFalse();
    assertThat(servers.get(1).endpoint())
        .isEqualTo(new Endpoint.Stdio("srv", List.of("-x"), Map.of()));
  }

  @Test
  void givesAServerOfTheOperatorTheSameIdAtEachStart() {
    var one = Map.of("MCP_CLIENT_SERVER_CONFIGS", "[{\"name\": \"a\", \"url\": \"http://a/\"}]");

    assertThat(plan(one).operators().get(0).key())
        .isEqualTo(plan(one).operators().get(0).key());
  }

  @Test
  void namesEveryEntryThatIsWrong() {
    var wrong = """
        [{"name": "a"}, {"name": "b", "transport": "stdio"}, {"url": "https://c/"},
         {"name": "d", "url": "ftp://d/", "colour": "red"}, 7]
        """;
    assertThat(refusal(Map.of("MCP_CLIENT_SERVER_CONFIGS", wrong)))
        .hasMessageContaining("MCP_UPSTREAM_INVALID_CONFIG")
        .hasMessageContaining("entry 1 (a): url is missing")
        .hasMessageContaining("entry 2 (b): command is missing")
        .hasMessageContaining("entry 3 (without a name): name is missing")
        .hasMessageContaining("entry 4 (d): colour is not known")
        .hasMessageContaining("url has to be an http or https URL")
        .hasMessageContaining("entry 5 is no object");
  }

  @Test
  void refusesTwoServersOfOneNameOrNamespace() {
    var twice = """
        [{"name": "a", "url": "https://a/"}, {"name": "a", "url": "https://b/"},
         {"name": "A!", "url": "https://c/"}]
        """;
    assertThat(refusal(Map.of("MCP_CLIENT_SERVER_CONFIGS", twice)))
        .hasMessageContaining("the name \"a\" is there twice")
        .hasMessageContaining("the namespace \"a\" is there twice");
  }

  @Test
  void neverShowsWhatIsInTheServersOfTheOperator() {
    var settings = settings(Map.of(
        "MCP_CLIENT_SERVER_CONFIGS",
        "[{\"name\": \"a\", \"bearer_token\": \"s3cret\"}]",
        "UMBEL_REGISTRY_SECRET_KEYS",
        "k:" + KEY));

    assertThat(settings.shown().values())
        .noneMatch(value -> value.contains("s3cret") || value.contains(KEY));
  }

  @Test
  void makesAKeyAndReadsItAgain() {
    var first = plan(Map.of()).keys();

    assertThat(first).hasSize(1).isEqualTo(plan(Map.of()).keys());
    assertThat(data.resolve("registry.key")).exists();
  }

  @Test
  void takesTheKeysThatAreConfiguredInTheirOrder() {
    var keys = plan(Map.of("UMBEL_REGISTRY_SECRET_KEYS", "new:" + KEY + ", old:" + KEY))
        .keys();

    assertThat(keys).extracting(VaultKey::id).containsExactly("new", "old");
    assertThat(keys.toString()).doesNotContain(KEY);
    assertThat(data.resolve("registry.key")).doesNotExist();
  }

  @Test
  void refusesKeysThatAreNone() {
    assertThat(refusal(Map.of("UMBEL_REGISTRY_SECRET_KEYS", "k:AAAA")))
        .hasMessageContaining("the key \"k\" has 3 bytes, and needs 32");
    assertThat(refusal(Map.of("UMBEL_REGISTRY_SECRET_KEYS", "k:@@@")))
        .hasMessageContaining("the key \"k\" is not in base64");
    assertThat(refusal(Map.of("UMBEL_REGISTRY_SECRET_KEYS", "k:" + KEY + ",k:" + KEY)))
        .hasMessageContaining("two keys have the same name");
    assertThatThrownBy(() -> plan(Map.of("UMBEL_REGISTRY_SECRET_KEYS", "nothing")))
        .hasMessageContaining("a list of name:key");
  }

  @Test
  void refusesToShareADatabaseWithoutASharedKey() {
    var clustered =
        Map.of("UMBEL_CLUSTER_ENABLED", "true", "UMBEL_DATABASE_URL", "postgresql://u:p@h/d");

    assertThat(refusal(clustered))
        .hasMessageContaining("umbel.registry.secret.keys is not set")
        .hasMessageContaining("openssl rand -base64 32");
    assertThat(data.resolve("registry.key")).doesNotExist();
  }

  @Test
  void refusesToAllowEveryCommand() {
    assertThat(refusal(Map.of("UMBEL_REGISTRY_ALLOWED_COMMANDS", "npx -y one, *")))
        .hasMessageContaining("umbel.registry.allowed.commands cannot be used: \"*\" names no");
  }

  @Test
  void givesProcessesTwoMinutesToStartAndNothingSpecial() {
    assertThat(plan(Map.of()).children().start()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plan(Map.of()).children().inherited()).isEmpty();
  }

  @Test
  void givesProcessesWhatTheOperatorSays() {
    var children = plan(Map.of(
            "UMBEL_REGISTRY_START_SECONDS",
            "300",
            "UMBEL_REGISTRY_INHERITED_VARIABLES",
            "npm_config_registry,UV_INDEX_URL"))
        .children();
    assertThat(children.start()).isEqualTo(Duration.ofMinutes(5));
    assertThat(children.inherited())
        .containsExactlyInAnyOrder("npm_config_registry", "UV_INDEX_URL");
  }

  private Refusal refusal(Map<String, String> environment) {
    return catchThrowableOfType(Refusal.class, () -> plan(environment));
  }

  private RegistrySettings plan(Map<String, String> environment) {
    return new RegistryPlan(settings(environment), data).settings();
  }

  private static Settings settings(Map<String, String> environment) {
    var variables = new JsonObject();
    environment.forEach(variables::put);
    return Settings.of(List.of(Layer.ofEnvironment(variables)));
  }
}
