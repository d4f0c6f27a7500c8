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
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How the settings of this process set up its registry. */
public final class RegistryPlan {

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
    var keys = new VaultPlan(settings, data).keys();
    if (keys.isEmpty()) {
      throw Refusal.noVaultKey();
    }
    return keys;
  }
}
