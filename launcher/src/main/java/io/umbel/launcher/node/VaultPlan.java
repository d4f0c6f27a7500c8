package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.RegistryKey;
import io.umbel.launcher.settings.Settings;
import io.umbel.storage.VaultKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * What this process keeps credentials with, those of upstream servers and those of trackers: the
 * keys that are configured, or one that a process makes which shares its database with no other.
 */
public final class VaultPlan {

  private static final String KEY_FILE = "registry.key";
  private static final String OWN = "own";

  private final Settings settings;
  private final Path data;

  /**
   * A plan by these settings.
   *
   * @param data where this process keeps what must outlive it
   */
  public VaultPlan(Settings settings, Path data) {
    this.settings = settings;
    this.data = data;
  }

  /**
   * The keys, the newest first; none where others share the database and nobody configured any.
   *
   * @throws Refusal if those that are configured are none
   */
  public List<VaultKey> keys() {
    if (settings.isGiven(RegistryKey.SECRET_KEYS)) {
      return configured();
    }
    if (settings.flag(Key.CLUSTERED) && settings.isGiven(Key.DATABASE_URL)) {
      return List.of();
    }
    var text = new OwnerFile(data.resolve(KEY_FILE)).read(VaultPlan::newKey);
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
