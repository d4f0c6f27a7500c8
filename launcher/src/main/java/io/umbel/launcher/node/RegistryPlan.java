package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.RegistryKey;
import io.umbel.launcher.settings.Settings;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.RegistrySettings.Bounds;
import io.umbel.registry.RegistrySettings.Children;
import io.umbel.registry.server.OperatorServers;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.stdio.Allowance;
import io.umbel.storage.VaultKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** How the settings of this process set up its registry. */
public final class RegistryPlan {

  private static final String KEY_FILE = "registry.key";
  private static final String OWN = "own";

  private final Settings settings;
  private final Path data;

  /**
   * A plan by these settings.
   *
   * @param data where this process keeps what must outlive it
   */
  public RegistryPlan(Settings settings, Path data) {
    this.settings = settings;
    this.data = data;
  }

  /**
   * The settings of the registry.
   *
   * @throws Refusal if there is something wrong with them
   */
  public RegistrySettings settings() {
    return new RegistrySettings(
        operators(),
        settings.texts(RegistryKey.DESTINATIONS),
        children(),
        settings.flag(Key.DATABASE) ? keys() : List.of(),
        settings.flag(RegistryKey.PIN),
        new Bounds(
            settings.number(RegistryKey.MAX_ANSWER), settings.number(RegistryKey.MAX_SERVERS)));
  }

  private Children children() {
    var commands = settings.texts(RegistryKey.COMMANDS);
    var variables = settings.texts(RegistryKey.VARIABLES);
    try {
      Allowance.of(commands, variables);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("umbel.registry.allowed.commands cannot be used: " + e.getMessage());
    }
    return new Children(
        commands,
        Set.copyOf(variables),
        Set.copyOf(settings.texts(RegistryKey.INHERITED)),
        Duration.ofSeconds(settings.number(RegistryKey.START)),
        data.resolve("servers"));
  }

  private List<Server> operators() {
    if (!settings.isGiven(RegistryKey.OPERATOR_SERVERS)) {
      return List.of();
    }
    try {
      return OperatorServers.read(
          settings.text(RegistryKey.OPERATOR_SERVERS), settings.flag(RegistryKey.PIN));
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("mcp.client.server.configs cannot be used: " + e.getMessage());
    }
  }

  private List<VaultKey> keys() {
    if (settings.isGiven(RegistryKey.SECRET_KEYS)) {
      return configured();
    }
    if (settings.flag(Key.CLUSTERED) && settings.isGiven(Key.DATABASE_URL)) {
      throw Refusal.noVaultKey();
    }
    var text = new OwnerFile(data.resolve(KEY_FILE)).read(RegistryPlan::newKey);
    try {
      return List.of(VaultKey.of(OWN + ":" + text));
    } catch (IllegalArgumentException e) {
      throw Refusal.unreadable(data.resolve(KEY_FILE), "it does not hold 32 bytes in base64");
    }
  }

  private List<VaultKey> configured() {
    try {
      var keys = List.of(settings.text(RegistryKey.SECRET_KEYS).split(",", -1)).stream()
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .map(VaultKey::of)
          .toList();
      if (keys.stream().map(VaultKey::id).distinct().count() < keys.size()) {
        throw new IllegalArgumentException("two keys have the same name");
      }
      return keys;
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("umbel.registry.secret.keys cannot be used: " + e.getMessage());
    }
  }

  private static String newKey() {
    var bytes = new byte[VaultKey.BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
