package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.hidden;
import static io.umbel.launcher.settings.Kind.text;

/** The part of the table that is about entities. */
public final class EntitiesKey {

  public static final Key FILE = Key.key(
      "umbel.entities.file",
      text(),
      "",
      "File (YAML or JSON) that says where users and other entities are and how they are looked for;"
          + " the role `entities` offers nothing where absent.");
  public static final Key KEY = Key.key(
      "umbel.entities.key",
      hidden("\\S+", "a key without spaces, or user:password"),
      "",
      "What opens the Elasticsearch server of that file, an API key or `user:password`; nothing is"
          + " sent where absent.");

  private EntitiesKey() {}

  /** Has this class initialized, and so its keys in the table. */
  static void register() {}
}
