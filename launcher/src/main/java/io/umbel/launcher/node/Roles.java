package io.umbel.launcher.node;

import io.umbel.contract.ToolVerticle;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.identity.Wanted;
import io.umbel.launcher.settings.IssuesKey;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.SearchKey;
import io.umbel.launcher.settings.Settings;
import io.umbel.tools.issues.IssuesTools;
import io.umbel.tools.search.SearchTools;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one process is to run. */
public final class Roles {

  private static final Set<String> MADE_OF_SETTINGS = Set.of(Role.GATEWAY, Role.REGISTRY);

  private final List<Role> providers;
  private final Set<String> ours;
  private final Settings settings;
  private final ClassLoader classes;

  private Roles(List<Role> providers, Set<String> ours, Settings settings, ClassLoader classes) {
    this.providers = providers;
    this.ours = ours;
    this.settings = settings;
    this.classes = classes;
  }

  /**
   * The roles that these settings name, found but not started.
   *
   * @throws Refusal if one of them, or a tool that is to be enabled, does not exist
   */
  public static Roles of(Settings settings) {
    var words = settings.texts(Key.ROLES).stream().distinct().toList();
    if (words.isEmpty()) {
      throw Refusal.usage("umbel.roles is empty: there is nothing to run");
    }
    var classes = ForeignJars.open(settings.texts(Key.WITH));
    var loader = new RoleLoader(classes);
    var providers = words.stream()
        .filter(word -> !MADE_OF_SETTINGS.contains(word))
        .map(loader::load)
        .toList();
    checkTools(settings.texts(Key.ENABLED_TOOLS), providers, loader);
    new CompliancePlan(settings)
        .configuration(); // refuses what cannot be used, before anything runs
    var ours = new TreeSet<>(words);
    ours.retainAll(MADE_OF_SETTINGS);
    return new Roles(providers, ours, settings, classes);
  }

  /** All but the gateway and the registry. */
  public List<Role> providers() {
    return providers;
  }

  /** Whether this process is to be a gateway too. */
  public boolean withGateway() {
    return ours.contains(Role.GATEWAY);
  }

  /** Whether this process is to front upstream servers too. */
  public boolean withRegistry() {
    return ours.contains(Role.REGISTRY);
  }

  /** Whether any of them keeps something in the node's database. */
  public boolean needDatabase() {
    return !ours.isEmpty() || providers.stream().anyMatch(Role::needsDatabase);
  }

  /** The words of the providers that a gateway in this process waits for. */
  public Set<String> expected() {
    var registry = withRegistry() ? Stream.of(Role.REGISTRY) : Stream.<String>empty();
    return Stream.concat(registry, expected(providers)).collect(Collectors.toSet());
  }

  /** Those of them that are here before there is a database. */
  public Set<String> expectedAtOnce() {
    return expected(providers(false)).collect(Collectors.toSet());
  }

  /** Those providers that keep something in the node's database, or those that do not. */
  List<Role> providers(boolean needingDatabase) {
    return providers.stream()
        .filter(role -> role.needsDatabase() == needingDatabase)
        .toList();
  }

  private static Stream<String> expected(List<Role> roles) {
    return roles.stream().filter(Role::isExpected).map(Role::provider);
  }

  /** The tools that this role offers, as far as they are known before it runs. */
  public List<String> toolsOf(Role role) {
    return role.toolNames().stream().filter(this::isEnabled).toList();
  }

  /** How that one is deployed. */
  DeploymentOptions options(Role role) {
    var config = new JsonObject();
    if (!enabledTools().isEmpty()) {
      config.put(ToolVerticle.ENABLED_TOOLS, new JsonArray(enabledTools()));
    }
    switch (role.word()) {
      case "issues" -> config.mergeIn(issues());
      case "search" -> config.mergeIn(search());
      case CompliancePlan.ROLE -> config.mergeIn(new CompliancePlan(settings).configuration());
      case EntitiesPlan.ROLE -> config.mergeIn(new EntitiesPlan(settings).configuration());
      default -> {} // what one family is told is no matter of another's
    }
    return new DeploymentOptions().setConfig(config).setClassLoader(classes);
  }

  private JsonObject issues() {
    var config = new JsonObject()
        .put(
            IssuesTools.DUPLICATE_SIMILARITY,
            Double.parseDouble(settings.text(IssuesKey.DUPLICATE_SIMILARITY)))
        .put(
            IssuesTools.ALLOWED_DESTINATIONS, new JsonArray(settings.texts(IssuesKey.DESTINATIONS)))
        .put(IssuesTools.SYNC_INTERVAL, settings.number(IssuesKey.SYNC_INTERVAL));
    return settings.flag(IssuesKey.DEMO)
        ? config.put(IssuesTools.DEMO_ACCOUNT, Wanted.local(Duration.ZERO).account())
        : config;
  }

  private JsonObject search() {
    var config = JsonObject.of(SearchTools.MAX_RESULT_BYTES, settings.number(Key.MAX_RESULT));
    return settings.isGiven(SearchKey.EMBEDDINGS_URL)
        ? config.put(SearchTools.EMBEDDINGS, embeddings())
        : config;
  }

  private JsonObject embeddings() {
    var access = JsonObject.of("url", settings.text(SearchKey.EMBEDDINGS_URL))
        .put("model", settings.text(SearchKey.EMBEDDINGS_MODEL));
    return settings.isGiven(SearchKey.EMBEDDINGS_KEY)
        ? access.put("key", settings.text(SearchKey.EMBEDDINGS_KEY))
        : access;
  }

  private boolean isEnabled(String tool) {
    return enabledTools().isEmpty() || enabledTools().contains(tool);
  }

  private List<String> enabledTools() {
    return settings.texts(Key.ENABLED_TOOLS);
  }

  /** A tool of a family that runs elsewhere may be named too, but one that nobody has is a typo. */
  private static void checkTools(List<String> enabled, List<Role> here, RoleLoader loader) {
    if (enabled.isEmpty()) {
      return;
    }
    var known = new TreeSet<String>();
    Stream.concat(RoleLoader.FAMILIES.stream().map(loader::load), here.stream())
        .forEach(role -> known.addAll(role.toolNames()));
    var unknown = enabled.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw Refusal.unknownTools(unknown, known);
    }
  }
}
