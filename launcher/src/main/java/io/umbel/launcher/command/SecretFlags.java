package io.umbel.launcher.command;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What opens a server's door. Other users of a machine can read what stands on a command line. */
final class SecretFlags {

  @Option(
      names = "--bearer",
      paramLabel = "TOKEN",
      description = "Its bearer token; others on this machine may see it here.")
  private String bearer;

  @Option(
      names = "--bearer-env",
      paramLabel = "NAME",
      description = "The environment variable that holds its bearer token.")
  private String bearerEnv;

  @Option(
      names = "--bearer-file",
      paramLabel = "FILE",
      description = "The file that holds its bearer token.")
  private Path bearerFile;

  @Option(names = "--api-key", paramLabel = "KEY", description = "Its key, sent as X-API-Key.")
  private String key;

  @Option(
      names = "--api-key-env",
      paramLabel = "NAME",
      description = "The environment variable that holds its key.")
  private String keyEnv;

  @Option(names = "--api-key-file", paramLabel = "FILE", description = "The file that holds it.")
  private Path keyFile;

  @Option(
      names = "--header",
      paramLabel = "NAME[: VALUE]",
      description = "The header that the key is sent as, or a whole header.")
  private String header;

  /** {@code auth_type} and {@code auth_config}, or nothing. */
  JsonObject read() {
    var given = Stream.of(bearer, bearerEnv, bearerFile, key, keyEnv, keyFile)
        .filter(Objects::nonNull)
        .count();
    var whole = header != null && header.contains(":");
    if (given + (whole ? 1 : 0) > 1) {
      throw Refusal.usage("Give one of --bearer, --api-key and --header 'NAME: VALUE'");
    }
    if (whole) {
      var colon = header.indexOf(':');
      return key(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    var token = bearer != null ? bearer : read(bearerEnv, bearerFile);
    if (token != null) {
      return JsonObject.of("auth_type", "bearer", "auth_config", JsonObject.of("token", token));
    }
    var secret = key != null ? key : read(keyEnv, keyFile);
    if (secret == null && header != null) {
      throw Refusal.usage("--header has no value: write 'NAME: VALUE', or give a key beside it");
    }
    return secret == null ? new JsonObject() : key(header == null ? "X-API-Key" : header, secret);
  }

  private static JsonObject key(String name, String value) {
    return JsonObject.of(
        "auth_type", "api_key", "auth_config", JsonObject.of("key_name", name, "api_key", value));
  }

  private static String read(String variable, Path file) {
    if (variable != null) {
      var value = System.getenv(variable);
      if (value == null || value.isBlank()) {
        throw Refusal.usage("The environment has no " + variable);
      }
      return value.strip();
    }
    try {
      return file == null ? null : Files.readString(file).strip();
    } catch (IOException e) {
      throw Refusal.unreadable(file, e.toString());
    }
  }
}
