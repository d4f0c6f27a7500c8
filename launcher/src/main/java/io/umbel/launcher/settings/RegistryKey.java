package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.flag;
import static io.umbel.launcher.settings.Kind.hidden;
import static io.umbel.launcher.settings.Kind.list;
import static io.umbel.launcher.settings.Kind.whole;

/** The part of the table that says which upstream servers there may be. */
public final class RegistryKey {

  public static final Key OPERATOR_SERVERS = Key.key(
      "mcp.client.server.configs",
      hidden(
          "(?s)\\s*[\\[{].*[\\]}]\\s*", "a JSON array of objects with a name and a url or command"),
      "",
      "Upstream servers that every account has.");
  public static final Key DESTINATIONS = Key.key(
      "umbel.registry.allowed.destinations",
      list("[A-Za-z0-9.:*_-]+(/[0-9]{1,3})?", "hosts, addresses and ranges such as `10.1.0.0/16`"),
      "",
      "Where upstream servers may be although it is private or this machine itself.");
  public static final Key COMMANDS = Key.key(
      "umbel.registry.allowed.commands",
      list(),
      "",
      "Command lines that accounts may register as servers; `*` as the last word is any arguments.");
  public static final Key VARIABLES = Key.key(
      "umbel.registry.allowed.variables",
      list("[A-Za-z_][A-Za-z0-9_]*", "names of environment variables"),
      "",
      "What accounts may put into the environment of such a process.");
  public static final Key INHERITED = Key.key(
      "umbel.registry.inherited.variables",
      list("[A-Za-z_][A-Za-z0-9_]*", "names of environment variables"),
      "",
      "What every process of a server gets of the node's own environment, beside what all need.");
  public static final Key START = Key.key(
      "umbel.registry.start.seconds",
      whole(5, 900),
      "120",
      "How long the process of a server may take until it tells of itself; it may have to be"
          + " fetched first.");
  public static final Key SECRET_KEYS = Key.key(
      "umbel.registry.secret.keys",
      hidden("[A-Za-z0-9_-]{1,32}:[^,]+(,.*)?", "a list of name:key, the key 32 bytes in base64"),
      "",
      "What servers' credentials are kept with, the newest key first; where absent,"
          + " `registry.key` in `umbel.data`.");
  public static final Key PIN = Key.key(
      "umbel.registry.pin.tools",
      flag(),
      "true",
      "Hide a tool whose definition changed until somebody approves it, unless its server says"
          + " otherwise.");
  public static final Key MAX_ANSWER = Key.key(
      "umbel.registry.max.answer.bytes",
      whole(65536, 67108864),
      "8388608",
      "The largest answer that is taken from an upstream server.");
  public static final Key MAX_SERVERS = Key.key(
      "umbel.registry.max.servers",
      whole(0, 10000),
      "50",
      "How many upstream servers an account may register.");

  private RegistryKey() {}

  /** Has all of them in the table. */
  static void register() {
    // The constants above are in it as soon as this class is there.
  }
}
