package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Tool;
import io.umbel.gateway.catalog.Offer.Terms;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The kinds of things on offer, and how each is told. */
public enum Kind {
  TOOL("tools", "name", "notifications/tools/list_changed"),
  PROMPT("prompts", "name", "notifications/prompts/list_changed"),
  RESOURCE("resources", "uri", "notifications/resources/list_changed"),
  TEMPLATE("resourceTemplates", "uriTemplate", "notifications/resources/list_changed");

  private static final Terms READING =
      new Terms(List.of(), Tool.DEFAULT_TIMEOUT.toMillis(), true, 0);

  private final String listMember;
  private final String nameMember;
  private final String changed;

  Kind(String listMember, String nameMember, String changed) {
    this.listMember = listMember;
    this.nameMember = nameMember;
    this.changed = changed;
  }

  /** The member of a list's result that holds the definitions. */
  public String listMember() {
    return listMember;
  }

  /** The kind whose lists have that member, or null. */
  public static Kind ofList(String member) {
    for (var kind : values()) {
      if (kind.listMember.equals(member)) {
        return kind;
      }
    }
    return null;
  }

  /** The member of a definition by which it is asked for. */
  public String nameMember() {
    return nameMember;
  }

  /** The notification that tells that there are others now. */
  public String changed() {
    return changed;
  }

  /** What of this kind one instance offers; what has no name cannot be asked for. */
  List<Offer> in(Offers offers, String provider, Replica replica) {
    var all = new ArrayList<Offer>();
    if (this == TOOL) {
      offers.tools().forEach(tool -> add(all, provider, tool.definition(), terms(tool), replica));
    } else {
      definitions(offers).forEach(each -> add(all, provider, each, READING, replica));
    }
    return all;
  }

  private List<JsonObject> definitions(Offers offers) {
    return switch (this) {
      case TOOL -> List.of();
      case PROMPT -> offers.prompts();
      case RESOURCE -> offers.resources();
      case TEMPLATE -> offers.templates();
    };
  }

  private void add(
      List<Offer> all, String provider, JsonObject definition, Terms terms, Replica replica) {
    if (definition.getValue(nameMember) instanceof String name) {
      var replicas = new ArrayList<>(List.of(replica));
      all.add(new Offer(provider, name, definition, definition.toBuffer(), terms, replicas));
    }
  }

  private static Terms terms(OfferedTool tool) {
    var repeatable = Offer.hints(tool.definition(), "readOnlyHint")
        || Offer.hints(tool.definition(), "idempotentHint");
    return new Terms(tool.tags(), tool.timeoutMillis(), repeatable, tool.cacheMillis());
  }
}
