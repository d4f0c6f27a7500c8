package io.umbel.launcher.settings;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Layer.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is in force. Immutable. */
public final class Settings {

  private final Map<Key, Object> given;

  private Settings(Map<Key, Object> given) {
    this.given = given;
  }

  /**
   * What these layers say together; a later one wins.
   *
   * @throws Refusal with everything that is wrong in any of them
   */
  public static Settings of(List<Layer> layers) {
    var given = new HashMap<Key, Object>();
    var problems = new ArrayList<String>();
    for (var layer : layers) {
      for (var entry : layer.entries()) {
        read(entry)
            .ifPresentOrElse(
                value -> given.put(entry.key(), value), () -> problems.add(problem(entry)));
      }
    }
    if (!problems.isEmpty()) {
      throw Refusal.settings(problems);
    }
    return new Settings(given);
  }

  public String text(Key key) {
    return (String) value(key);
  }

  /** The text, or null where nobody gave one and there is none by default. */
  public String textOrNull(Key key) {
    return isGiven(key) ? text(key) : null;
  }

  public int number(Key key) {
    return (Integer) value(key);
  }

  public boolean flag(Key key) {
    return (Boolean) value(key);
  }

  /** The texts of a list; empty where there are none. */
  public List<String> texts(Key key) {
    return ((List<?>) value(key)).stream().map(String.class::cast).toList();
  }

  /** Whether somebody said so, or it is only the default. */
  public boolean isGiven(Key key) {
    return given.containsKey(key);
  }

  /** All that is in force, for people to look at; of a secret only what its kind allows. */
  public Map<String, String> shown() {
    var shown = new TreeMap<String, String>();
    Key.all().forEach(key -> shown.put(key.key(), shown(key)));
    return shown;
  }

  private String shown(Key key) {
    if (key.kind().secret()) {
      return isGiven(key) ? key.kind().veil().apply(text(key)) : "";
    }
    var said = given.get(key);
    return said instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : said == null ? key.absent() : said.toString();
  }

  private Object value(Key key) {
    var said = given.get(key);
    return said != null ? said : key.kind().reader().apply(key.absent()).orElseThrow();
  }

  private static Optional<Object> read(Entry entry) {
    return entry.key() == null
        ? Optional.empty()
        : entry.key().kind().reader().apply(entry.value());
  }

  private static String problem(Entry entry) {
    if (entry.key() == null) {
      return entry.name() + ": there is no such setting";
    }
    var kind = entry.key().kind();
    var shown = kind.secret() ? "" : " is \"" + entry.value() + "\"";
    return entry.name() + shown + ": expected " + kind.expected();
  }
}
