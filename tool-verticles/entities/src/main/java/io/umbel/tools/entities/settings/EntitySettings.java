package io.umbel.tools.entities.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the file says.
 *
 * @param place where the entities are
 * @param types by name, in the file's order
 */
public record EntitySettings(Place place, Map<String, EntityType> types) {

  public EntitySettings {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** Where entities are. */
  public sealed interface Place {

    /** The backend's name, as files and answers spell it. */
    String backend();
  }

  /**
   * In files.
   *
   * @param data a directory for each account
   * @param reload how often they are looked at for changes
   */
  public record Files(Path data, Duration reload) implements Place {

    /** Its name. */
    public static final String BACKEND = "builtin";

    @Override
    public String backend() {
      return BACKEND;
    }
  }

  /**
   * In an Elasticsearch or OpenSearch.
   *
   * @param sortBy the field that tells hits of one score apart
   */
  public record Server(URI url, String sortBy) implements Place {

    /** Its name. */
    public static final String BACKEND = "elasticsearch";

    @Override
    public String backend() {
      return BACKEND;
    }
  }
}
