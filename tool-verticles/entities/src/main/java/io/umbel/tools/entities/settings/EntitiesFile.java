package io.umbel.tools.entities.settings;

import io.umbel.tools.entities.settings.EntitySettings.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operator's file about entities: {@code docs/entities.md} has an example. Blocks. */
public final class EntitiesFile {

  private static final List<String> TOP =
      List.of("backend", "builtin", "elasticsearch", "min_score", "entities");
  private static final List<String> BUILTIN = List.of("data", "reload_seconds");
  private static final List<String> ELASTICSEARCH = List.of("url", "sort_by");
  private static final String BACKENDS =
      EntitySettings.Files.BACKEND + "|" + EntitySettings.Server.BACKEND;
  private static final int MOST_TYPES = 100;
  private static final int USUAL_RELOAD = 10;
  private static final int SLOWEST_RELOAD = 3600;

  private final Path path;

  private EntitiesFile(Path path) {
    this.path = path;
  }

  /**
   * What that file says.
   *
   * @throws EntitiesRefusal if it cannot be used; it names the line
   */
  public static EntitySettings read(Path path) {
    try {
      return new EntitiesFile(path).settings(Yaml.parse(path.toString(), Files.readString(path)));
    } catch (IOException e) {
      throw new EntitiesRefusal(path.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private EntitySettings settings(Yaml top) {
    var members = top.members(TOP);
    var backend = top.required(members, "backend").text(BACKENDS, "builtin or elasticsearch");
    var settings = top.required(members, backend);
    var place = backend.equals(EntitySettings.Files.BACKEND) ? files(settings) : server(settings);
    var global = Thresholds.of(members.get("min_score")).or(UsualTypes.thresholds());
    return new EntitySettings(
        place, types(members.get("entities"), new TypeReader(backend, global)));
  }

  private Place files(Yaml yaml) {
    var members = yaml.members(BUILTIN);
    var data = yaml.required(members, "data").text("\\S.*", "a directory");
    var reload = members.get("reload_seconds");
    var seconds = reload == null ? USUAL_RELOAD : reload.whole(1, SLOWEST_RELOAD);
    return new EntitySettings.Files(
        path.toAbsolutePath().resolveSibling(data).normalize(), Duration.ofSeconds(seconds));
  }

  private static Place server(Yaml yaml) {
    var members = yaml.members(ELASTICSEARCH);
    var url = yaml.required(members, "url")
        .text(
            "https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?",
            "a URL such as https://search.example.com:9200");
    var sortBy = members.get("sort_by");
    return new EntitySettings.Server(
        URI.create(url.replaceFirst("/+$", "")),
        sortBy == null ? "id" : sortBy.text(TypeReader.FIELD, "the name of a field"));
  }

  private static Map<String, EntityType> types(Yaml yaml, TypeReader reader) {
    var types = new LinkedHashMap<String, EntityType>();
    if (yaml == null) {
      UsualTypes.NAMES.forEach(name -> types.put(name, reader.usual(name)));
      return types;
    }
    var members = yaml.named("types of entities");
    if (members.isEmpty() || members.size() > MOST_TYPES) {
      throw yaml.refused("expected 1 to " + MOST_TYPES + " types of entities");
    }
    members.forEach((name, type) -> types.put(name, reader.type(name, type)));
    return types;
  }
}
