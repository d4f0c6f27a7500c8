package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.AuthKey;
import io.umbel.launcher.settings.ComplianceKey;
import io.umbel.launcher.settings.EntitiesKey;
import io.umbel.launcher.settings.Home;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Layer;
import io.umbel.launcher.settings.Layer.Entry;
import io.umbel.launcher.settings.RegistryKey;
import io.umbel.launcher.settings.SearchKey;
import io.umbel.launcher.settings.Settings;
import io.umbel.launcher.settings.SettingsReader;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Path FILE = Path.of("umbel.yaml");
  private static final Layer NO_FLAGS = new Layer(List.of());
  private static Vertx vertx;

  @TempDir
  Path directory;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void showsWhatIsInForceButOfASecretOnlyThatThereIsOne() {
    var secret = "s".repeat(32);
    var file = new JsonObject()
        .put("umbel.cluster.secret", secret)
        .put("mcp.visibility", List.of("disable tag:demo", "enable name:echo"));
    var shown = Settings.of(List.of(Layer.ofFile(FILE, file))).shown();
    assertThat(shown)
        .hasSize(Key.all().size())
        .containsEntry("umbel.cluster.secret", "***")
        .containsEntry("mcp.visibility", "disable tag:demo, enable name:echo")
        .containsEntry("umbel.port", "8080");
    assertThat(shown.toString()).doesNotContain(secret);
    assertThat(Settings.of(List.of()).shown()).containsEntry("umbel.cluster.secret", "");
  }

  @Test
  void showsAUrlWithoutItsUserAndPassword() {
    var file = new JsonObject().put("umbel.redis.url", "rediss://ann:p%40ss@redis.example:6380/1");
    var settings = Settings.of(List.of(Layer.ofFile(FILE, file)));
    assertThat(settings.text(Key.REDIS_URL)).contains("p%40ss");
    assertThat(settings.shown())
        .containsEntry("umbel.redis.url", "rediss://***@redis.example:6380/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.example:6379",
        "http://redis.example",
        "redis://",
        "redis://:hunter2@redis.example?verifyPeer=NONE",
        "redis://:hunter2@redis.example#x",
        "redis://:hunt er2@redis.example"
      })
  void aUrlThatCannotBeUsedIsNotShownEither(String url) {
    var file = new JsonObject().put("umbel.redis.url", url);
    var refusal =
        catchThrowableOfType(Refusal.class, () -> Settings.of(List.of(Layer.ofFile(FILE, file))));
    assertThat(refusal)
        .hasMessageContaining(
            "umbel.redis.url in umbel.yaml: expected a URL such as redis://user:password@host:port")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void saysWhatALimitHasToBe() {
    var file = new JsonObject().put("rate", JsonObject.of("limit", JsonObject.of("rules", "* 5")));
    var refusal =
        catchThrowableOfType(Refusal.class, () -> Settings.of(List.of(Layer.ofFile(FILE, file))));
    assertThat(refusal)
        .hasMessageContaining("rate.limit.rules in umbel.yaml is \"* 5\": expected a list of rules "
            + "such as `tools/call:search 20/60s burst 20`, `tools/list 60/1m` or `* unlimited`");
  }

  @Test
  void aLimitThatDoesNotExistIsAMistakeToo() {
    var file = new JsonObject().put("rate.limit.rulez", "x").put("rate.of.somebody.else", 1);
    var refusal =
        catchThrowableOfType(Refusal.class, () -> Settings.of(List.of(Layer.ofFile(FILE, file))));
    assertThat(refusal)
        .hasMessage("One setting cannot be used:\n"
            + "  rate.limit.rulez in umbel.yaml: there is no such setting");
  }

  @Test
  void saysWhatARuleOfVisibilityHasToBe() {
    var file = new JsonObject().put("mcp.visibility", "disable tag:demo, hide name:echo");
    var refusal =
        catchThrowableOfType(Refusal.class, () -> Settings.of(List.of(Layer.ofFile(FILE, file))));
    assertThat(refusal)
        .hasMessageContaining("mcp.visibility in umbel.yaml is "
            + "\"disable tag:demo, hide name:echo\": expected a list of rules such as "
            + "`disable tag:demo`: enable, disable or enable-only, then any of tag:, name:,");
  }

  @Test
  void hasADefaultForEverythingButSecretsAndOtherServers() {
    var settings = Settings.of(List.of());

    assertThat(settings.number(Key.PORT)).isEqualTo(8080);
    assertThat(settings.texts(Key.ROLES))
        .containsExactly("gateway", "registry", "demo", "system", "issues", "compliance", "search");
    assertThat(Key.all())
        .filteredOn(key -> key.kind().reader().apply(key.absent()).isEmpty())
        .containsExactlyInAnyOrder(
            Key.CLUSTER_SECRET,
            Key.DATABASE_URL,
            Key.REDIS_URL,
            RegistryKey.OPERATOR_SERVERS,
            RegistryKey.SECRET_KEYS,
            ComplianceKey.MODEL_URL,
            ComplianceKey.MODEL_KEY,
            SearchKey.EMBEDDINGS_URL,
            SearchKey.EMBEDDINGS_KEY,
            EntitiesKey.KEY,
            Key.OTLP_ENDPOINT,
            AuthKey.TOKEN,
            AuthKey.SECRET,
            AuthKey.JWKS_URL,
            AuthKey.PUBLIC_URL);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    var file = Layer.ofFile(
        FILE,
        new JsonObject("{\"umbel\":{\"port\":\"many\",\"prot\":1},\"mcp.list.page.size\":0}"));
    var environment = Layer.ofEnvironment(
        new JsonObject().put("MCP_ENABLE_HTTP", "maybe").put("UMBEL_LOG_LEVEL", "loud"));
    var flags = new Layer(List.of(new Entry(Key.PORT, "--port", "70000")));

    var refusal = refusal(List.of(file, environment, flags));

    assertThat(refusal.exit()).isEqualTo(Exit.USAGE);
    assertThat(refusal.getMessage().lines())
        .containsExactly(
            "6 settings cannot be used:",
            "  umbel.port in umbel.yaml is \"many\": expected a whole number from 0 to 65535",
            "  umbel.prot in umbel.yaml: there is no such setting",
            "  mcp.list.page.size in umbel.yaml is \"0\": expected a whole number from 1 to 1000",
            "  MCP_ENABLE_HTTP is \"maybe\": expected true or false",
            "  UMBEL_LOG_LEVEL is \"loud\": expected one of error, warn, info, debug, trace",
            "  --port is \"70000\": expected a whole number from 0 to 65535");
  }

  @Test
  void neverShowsTheValueOfASecret() {
    var environment =
        Layer.ofEnvironment(new JsonObject().put("UMBEL_CLUSTER_SECRET", "too short"));

    assertThat(refusal(List.of(environment)))
        .hasMessageContaining("UMBEL_CLUSTER_SECRET: expected at least 32 characters")
        .hasMessageNotContaining("too short");
  }

  @Test
  void letsTheEnvironmentWinOverAFileAndAFlagOverBoth() {
    var file = Layer.ofFile(
        FILE, new JsonObject("{\"umbel\":{\"port\":1,\"host\":\"::1\"},\"mcp.path\":\"/file\"}"));
    var environment =
        Layer.ofEnvironment(new JsonObject().put("UMBEL_PORT", "2").put("MCP_PATH", "/env"));
    var flags = new Layer(List.of(new Entry(Key.PORT, "--port", "3")));

    var settings = Settings.of(List.of(file, environment, flags));

    assertThat(settings.number(Key.PORT)).isEqualTo(3);
    assertThat(settings.text(Key.PATH)).isEqualTo("/env");
    assertThat(settings.text(Key.HOST)).isEqualTo("::1");
  }

  @Test
  void takesAnEmptyVariableAsUnset() {
    var environment =
        Layer.ofEnvironment(new JsonObject().put("UMBEL_PORT", "").put("UMBEL_ROLES", " "));

    var settings = Settings.of(List.of(environment));

    assertThat(settings.isGiven(Key.PORT)).isFalse();
    assertThat(settings.texts(Key.ROLES)).isEqualTo(Settings.of(List.of()).texts(Key.ROLES));
  }

  @Test
  void leavesToOthersWhatIsNotItsOwnInAFile() {
    var file = Layer.ofFile(FILE, new JsonObject("{\"issues\":{\"tracker\":\"x\"}}"));

    assertThat(Settings.of(List.of(file)).isGiven(Key.PORT)).isFalse();
  }

  @Test
  void readsYamlPropertiesAndJsonAlike() throws IOException {
    var yaml = write("a.yaml", "umbel:\n  port: 9\n  roles: [gateway, demo]\nmcp.path: /x\n");
    var properties = write("b.properties", "umbel.port=9\numbel.roles=gateway, demo\nmcp.path=/x");
    var json = write(
        "c.json",
        "{\"umbel\":{\"port\":9,\"roles\":[\"gateway\",\"demo\"]},\"mcp\":{\"path\":\"/x\"}}");

    for (var file : List.of(yaml, properties, json)) {
      var settings = read(file);
      assertThat(settings.number(Key.PORT)).isEqualTo(9);
      assertThat(settings.texts(Key.ROLES)).containsExactly("gateway", "demo");
      assertThat(settings.text(Key.PATH)).isEqualTo("/x");
    }
  }

  @Test
  void findsTheFileBesideTheStartScriptByItself() throws IOException {
    write("umbel.yaml", "umbel.port: 9");

    assertThat(read(null).number(Key.PORT)).isEqualTo(9);
  }

  @Test
  void refusesToGuessWhichOfTwoFilesCounts() throws IOException {
    write("umbel.yaml", "umbel.port: 9");
    write("umbel.json", "{}");

    assertThat(catchThrowableOfType(Refusal.class, () -> read(null)))
        .hasMessageContaining("several configuration files");
  }

  @Test
  void namesTheFileThatItCannotRead() throws IOException {
    var broken = write("broken.json", "{");

    assertThat(catchThrowableOfType(Refusal.class, () -> read(broken)))
        .hasMessageContaining("broken.json");
    assertThat(catchThrowableOfType(Refusal.class, () -> read(directory.resolve("none.yaml"))))
        .hasMessageContaining("there is no such file");
  }

  private Settings read(Path file) {
    return new SettingsReader(vertx, new Home(directory)).read(file, NO_FLAGS).await();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static Refusal refusal(List<Layer> layers) {
    return catchThrowableOfType(Refusal.class, () -> Settings.of(layers));
  }
}
