package io.umbel.tools.entities.builtin;

import io.umbel.tools.entities.settings.EntitiesRefusal;
import io.umbel.tools.entities.settings.EntityType;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The operator's directory: in it one for each account, by its id, and in that a file for each type
 * of entity. What an account is called is never made a path: the directories are listed and
 * compared. Blocks.
 */
record AccountFiles(Path root, Map<String, EntityType> types) {

  /** How many files there may be. */
  private static final int MOST_FILES = 10_000;

  /** Which entities a file has. */
  record Slot(String account, String type) {}

  /** A file as it stood. */
  record Seen(Path path, long size, FileTime changed) {}

  /**
   * All files.
   *
   * @throws EntitiesRefusal if something there cannot be meant
   */
  Map<Slot, Seen> files() {
    var files = new HashMap<Slot, Seen>();
    var accounts = new HashSet<String>();
    try {
      for (var directory : entries(root)) {
        if (Files.isDirectory(directory)) {
          var account = account(directory);
          if (!accounts.add(account)) {
            throw new EntitiesRefusal(
                directory.toString(), "another directory is for this account too");
          }
          addAll(account, directory, files);
        }
      }
    } catch (IOException e) {
      throw new EntitiesRefusal(root.toString(), "cannot be read: " + e.getMessage());
    }
    return files;
  }

  private void addAll(String account, Path directory, Map<Slot, Seen> files) throws IOException {
    for (var path : entries(directory)) {
      var name = path.getFileName().toString();
      if (name.endsWith(".json") || name.endsWith(".csv")) {
        var type = name.substring(0, name.lastIndexOf('.'));
        add(new Slot(account, type), path, files);
      }
    }
  }

  private void add(Slot key, Path path, Map<Slot, Seen> files) throws IOException {
    if (!types.containsKey(key.type())) {
      throw new EntitiesRefusal(
          path.toString(),
          "there is no type of entity " + key.type() + "; there are "
              + String.join(", ", types.keySet()));
    }
    var seen = new Seen(path, Files.size(path), Files.getLastModifiedTime(path));
    if (files.put(key, seen) != null) {
      throw new EntitiesRefusal(path.toString(), "another file has entities of this type too");
    }
    if (files.size() > MOST_FILES) {
      throw new EntitiesRefusal(root.toString(), "more than the " + MOST_FILES + " files allowed");
    }
  }

  /** In a name, %2F is a slash, and so on. */
  private static String account(Path directory) {
    var name = directory.getFileName().toString();
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new EntitiesRefusal(
          directory.toString(), "after % two hexadecimal digits have to follow");
    }
  }

  /** But those that begin with a dot. */
  private static List<Path> entries(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
