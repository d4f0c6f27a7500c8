package io.umbel.launcher.exit;

import io.umbel.storage.StorageRefusal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Why the launcher does not do what it was asked: a sentence for people and an exit status. An
 * answer, not a bug: it has no stack. Every one that the launcher makes is a factory method here.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;

  private Refusal(Exit exit, String message) {
    super(message, null, false, false);
    this.exit = exit;
  }

  /** Settings that cannot be used, all of them at once. */
  public static Refusal settings(List<String> problems) {
    var count = problems.size() == 1 ? "One setting" : problems.size() + " settings";
    var list = String.join("\n  ", problems);
    return new Refusal(Exit.USAGE, count + " cannot be used:\n  " + list);
  }

  /** Arguments that do not fit together, or do not fit. */
  public static Refusal usage(String why) {
    return new Refusal(Exit.USAGE, why);
  }

  /** The configuration file is not there, or is not what its name says. */
  public static Refusal unreadable(Path file, String why) {
    return new Refusal(Exit.USAGE, "Cannot read " + file + ": " + why);
  }

  /** Both transports are switched off. */
  public static Refusal nothingToServe() {
    return usage(
        "mcp.enable.http and mcp.enable.stdio are both false: there is no way left to serve MCP");
  }

  /** The transport that was asked for is switched off. */
  public static Refusal switchedOff(String key, String command) {
    return usage(key + " is false, so \"umbel " + command + "\" has nothing to serve");
  }

  /** An address that others can reach, without anything that would keep them out. */
  public static Refusal notLoopback(String host) {
    return usage("umbel.host is "
        + host
        + ", but a gateway that asks for no identity listens on this machine only:"
        + " use 127.0.0.1, ::1 or localhost, or set mcp.require.auth to true");
  }

  /** An address that others can reach, with nothing but a key for development. */
  public static Refusal developmentOnly(String host) {
    return usage("umbel.host is "
        + host
        + ", but a gateway with a development key listens on this machine only:"
        + " set umbel.auth.issuer and umbel.auth.jwks.url, or umbel.auth.secret");
  }

  /** Tokens are given out elsewhere. */
  public static Refusal tokensElsewhere(String issuer) {
    return usage("umbel.auth.jwks.url is set: tokens for this gateway come from " + issuer
        + ", not from here");
  }

  /** The gateway does not take the token, or wants one. */
  public static Refusal unauthorized(Object url, boolean hadToken) {
    return failed(
        hadToken
            ? "The gateway at " + url + " does not take this token: it may be over, or of another"
                + " issuer or data directory; \"umbel token\" makes a new one"
            : "The gateway at " + url + " wants a token: put one into MCP_TOKEN;"
                + " \"umbel token\" makes one, with the --data of that gateway");
  }

  /** The token is good, but not for this. */
  public static Refusal forbidden(Object url, String why) {
    return failed("The gateway at " + url + " says no to this token: " + why
        + "; \"umbel token --scope\" makes one with more scopes");
  }

  /** Nodes that share servers have to share what their credentials are kept with. */
  public static Refusal noVaultKey() {
    return usage("umbel.registry.secret.keys is not set, but this node shares its database with a"
        + " cluster, whose registries all have to read the credentials of upstream servers: set it"
        + " to the same on each, as in"
        + " UMBEL_REGISTRY_SECRET_KEYS=\"k1:$(openssl rand -base64 32)\"");
  }

  /** A role that names no verticle. */
  public static Refusal unknownRole(String role, String className, Collection<String> known) {
    return usage(
        "There is no role \"%s\": no class %s. Roles here are %s; a class of a --with jar goes by its full name"
            .formatted(role, className, String.join(", ", known)));
  }

  /** A class that cannot be deployed. */
  public static Refusal notAVerticle(String className, String why) {
    return usage(className + " cannot be deployed as a verticle: " + why);
  }

  /** A jar that is not there or is none. */
  public static Refusal badJar(Path jar, String why) {
    return usage("--with " + jar + ": " + why);
  }

  /** {@code mcp.server.enabled.tools} names what no family offers. */
  public static Refusal unknownTools(Collection<String> names, Collection<String> known) {
    return usage("mcp.server.enabled.tools names %s, but the tools here are %s"
        .formatted(String.join(", ", names), String.join(", ", known)));
  }

  /** Somebody else listens there. */
  public static Refusal portTaken(String host, int port) {
    return new Refusal(
        Exit.PORT_TAKEN,
        "Port %d of %s is taken by another process: stop that one, or choose with --port"
            .formatted(port, host));
  }

  /** A role whose start failed. */
  public static Refusal notStarted(String role, Throwable cause) {
    return new Refusal(Exit.FAILED, "The role " + role + " did not start: " + reason(cause));
  }

  /** The cluster cannot be joined, or does not work. */
  public static Refusal cluster(String why) {
    return new Refusal(Exit.CLUSTER, why);
  }

  /** There is no database that could be used. */
  public static Refusal database(StorageRefusal why) {
    return new Refusal(Exit.DATABASE, why.getMessage());
  }

  /** Nobody speaks MCP at that URL. */
  public static Refusal unreachable(Object url, String why) {
    return new Refusal(Exit.UNREACHABLE, "No gateway answers at " + url + ": " + why);
  }

  /** What was asked was answered with no. */
  public static Refusal failed(String why) {
    return new Refusal(Exit.FAILED, why);
  }

  /** The words of a failure, or its name where it has none. */
  public static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  public Exit exit() {
    return exit;
  }
}
