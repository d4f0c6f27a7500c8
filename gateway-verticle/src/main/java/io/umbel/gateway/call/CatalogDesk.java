package io.umbel.gateway.call;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Window;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells providers what a caller may see, through the window that the caller's own lists and calls
 * look through.
 */
public final class CatalogDesk {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogDesk.class);
  private static final int MAX_LIMIT = 200;
  private static final String NO_QUESTION = "Not a question about the catalog: ";

  private final Windows windows;
  private final GatewaySettings settings;
  private final CallerSeal seal;

  public CatalogDesk(Node node, Windows windows, GatewaySettings settings) {
    this.windows = windows;
    this.settings = settings;
    this.seal = new CallerSeal(node.secret(), node.clock());
  }

  /** Answers a question about the catalog. */
  void answer(Message<Buffer> message) {
    try {
      var caller = seal.open(message.headers().get(Header.CALLER), Bus.GATEWAY);
      var query = message.body().toJsonObject();
      windows
          .of(caller)
          .map(window -> answer(query, window))
          .onSuccess(answer -> message.reply(answer.toBuffer()))
          .onFailure(failure -> message.fail(400, NO_QUESTION + failure.getMessage()));
    } catch (CallerSeal.RefusedCaller e) {
      LOG.warn("Refused a question about the catalog: {}", e.getMessage());
      message.fail(403, e.getMessage());
    } catch (DecodeException e) {
      message.fail(400, NO_QUESTION + e.getMessage());
    }
  }

  private JsonObject answer(JsonObject query, Window window) {
    var name = query.getString("name");
    return name == null ? search(query, window) : show(name, window);
  }

  private static JsonObject show(String name, Window window) {
    return window
        .find(Kind.TOOL, name)
        .map(offer -> new JsonObject().put("tool", whole(offer)))
        .orElseGet(JsonObject::new);
  }

  private JsonObject search(JsonObject query, Window window) {
    var kind = Kind.ofList(query.getString("kind", Kind.TOOL.listMember()));
    if (kind == null) {
      throw new IllegalArgumentException("there is no such kind");
    }
    var words = query.getString("query", "").toLowerCase(Locale.ROOT);
    var found =
        window.all(kind).values().stream().filter(offer -> has(offer, words)).toList();
    var page = new JsonArray();
    found.stream()
        .skip(query.getInteger("offset", 0))
        .limit(Math.min(MAX_LIMIT, query.getInteger("limit", MAX_LIMIT)))
        .map(offer -> kind == Kind.TOOL ? summary(offer) : summary(offer, kind))
        .forEach(page::add);
    return new JsonObject()
        .put(kind.listMember(), page)
        .put("total", found.size())
        .put("server", server());
  }

  private static boolean has(Offer offer, String words) {
    return offer.name().toLowerCase(Locale.ROOT).contains(words)
        || offer.description().toLowerCase(Locale.ROOT).contains(words);
  }

  private static JsonObject summary(Offer offer) {
    return new JsonObject()
        .put("name", offer.name())
        .put("description", offer.description())
        .put("provider", offer.provider())
        .put("read_only", offer.isReadOnly())
        .put("tags", new JsonArray(offer.terms().tags()));
  }

  private static JsonObject summary(Offer offer, Kind kind) {
    return new JsonObject()
        .put("name", offer.definition().getString("name", offer.name()))
        .put(kind.nameMember(), offer.name())
        .put("description", offer.description())
        .put("provider", offer.provider());
  }

  private static JsonObject whole(Offer offer) {
    return new JsonObject()
        .put("definition", offer.json().toJsonObject())
        .put("provider", offer.provider())
        .put("tags", new JsonArray(offer.terms().tags()));
  }

  private JsonObject server() {
    return new JsonObject()
        .put("transports", settings.transports())
        .put("http_path", settings.listening().path())
        .put("protocol_versions", new JsonArray(Revision.newestFirst()));
  }
}
