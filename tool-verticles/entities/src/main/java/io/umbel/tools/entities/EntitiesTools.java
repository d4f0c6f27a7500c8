package io.umbel.tools.entities;

import io.umbel.contract.Caller;
import io.umbel.contract.Provision;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.Tool;
import io.umbel.tools.entities.builtin.BuiltIn;
import io.umbel.tools.entities.elastic.Elasticsearch;
import io.umbel.tools.entities.find.Backend;
import io.umbel.tools.entities.settings.EntitiesFile;
import io.umbel.tools.entities.settings.EntitySettings;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds users, locations and other entities of the caller's account by what somebody remembers of
 * them. Where no file says where entities are, it offers nothing.
 */
public final class EntitiesTools extends TailoredToolVerticle {

  /** Configuration: the operator's file; {@code docs/entities.md} says what is in it. */
  public static final String FILE = "entities_file";

  /** Configuration: what opens the Elasticsearch server, an API key or {@code user:password}. */
  public static final String KEY = "entities_key";

  /** Configuration: how large an answer may be, in bytes. */
  public static final String MAX_RESULT_BYTES = "max_result_bytes";

  private static final String USERS = "search_users";
  private static final String ENTITIES = "search_entities_by_type";
  private static final int USUAL_BYTES = 524_288;

  /** The last retry may be slow too. */
  private static final Duration LIMIT = Elasticsearch.PATIENCE.plusSeconds(5);

  private Provision provision = Provision.nothing();
  private Backend backend;

  @Override
  public List<String> possibleTools() {
    return List.of(USERS, ENTITIES);
  }

  @Override
  protected Future<?> prepare() {
    var file = config().getString(FILE);
    return file == null
        ? super.prepare()
        : vertx
            .executeBlocking(() -> EntitiesFile.read(Path.of(file)))
            .compose(this::open)
            .compose(open -> super.prepare());
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    return Future.succeededFuture(provision);
  }

  @Override
  protected Future<?> finish() {
    return backend == null ? Future.succeededFuture() : backend.close();
  }

  private Future<?> open(EntitySettings settings) {
    backend = backend(settings);
    var bytes = config().getInteger(MAX_RESULT_BYTES, USUAL_BYTES);
    var finding = new Finding(backend, settings.types(), bytes);
    provision = Provision.of(enabled(tools(finding)));
    return backend.open();
  }

  private Backend backend(EntitySettings settings) {
    if (settings.place() instanceof EntitySettings.Server server) {
      return new Elasticsearch(vertx, server, config().getString(KEY), Elasticsearch.PATIENCE);
    }
    return new BuiltIn(vertx, (EntitySettings.Files) settings.place(), settings.types());
  }

  private static List<Tool> tools(Finding finding) {
    var tools = new ArrayList<Tool>();
    if (finding.types().containsKey(EntityType.USER)) {
      tools.add(users(finding));
    }
    tools.add(entities(finding));
    return tools;
  }

  private List<Tool> enabled(List<Tool> all) {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    return all.stream()
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .toList();
  }

  private static Tool users(Finding finding) {
    var description =
        "Finds users by name, e-mail address, logon name or contact, also where a name is"
            + " misspelt. The best come first; a low score is a weak match.";
    return tool(Tool.named(USERS, description, Shapes.users(), finding::users)
        .titled("Search users")
        .returns(Shapes.foundUsers()));
  }

  private static Tool entities(Finding finding) {
    var description =
        "Finds entities of one type, such as locations, departments or priorities, by name,"
            + " id or description, also where it is misspelt. The best come first; a low score is a weak"
            + " match.";
    var input = Shapes.entities(finding.types().keySet());
    return tool(Tool.named(ENTITIES, description, input, finding::entities)
        .titled("Search entities by type")
        .returns(Shapes.foundEntities()));
  }

  private static Tool tool(Tool tool) {
    return tool.within(LIMIT).readOnly().idempotent().openWorld(false).tagged("entities");
  }
}
