package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Reach;
import io.umbel.contract.Tool;
import io.umbel.gateway.access.Scoping;
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

  /** What that is called in the lists of those who are not narrowed to one server. */
  String listed(Reach reach, String name) {
    return this == TOOL || this == PROMPT ? reach.listed(name) : name;
  }

  /** The notification that tells that there are others now. */
  public String changed() {
    return changed;
  }

  /** What of this kind everyone is offered; what has no name cannot be asked for. */
  List<Offer> in(Offers offers, String provider, Replica replica) {
    return in(offers, new Source(provider, List.of(replica), false));
  }

  /** What of this kind one caller is offered. */
  List<Offer> in(Offers offers, PerCaller provider) {
    return in(offers, new Source(provider.name(), provider.replicas(), true));
  }

  /** Whose it is and who answers for it. */
  private record Source(String provider, List<Replica> replicas, boolean perCaller) {}

  private List<Offer> in(Offers offers, Source source) {
    var all = new ArrayList<Offer>();
    if (this == TOOL) {
      offers.tools().forEach(tool -> add(all, source, tool.definition(), terms(tool, source)));
    } else {
      definitions(offers).forEach(each -> add(all, source, each, reading(source)));
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

  private void add(List<Offer> all, Source source, JsonObject definition, Terms terms) {
    if (definition.getValue(nameMember) instanceof String name) {
      var replicas = new ArrayList<>(source.replicas());
      all.add(
          new Offer(source.provider(), name, definition, definition.toBuffer(), terms, replicas));
    }
  }

  private static Terms reading(Source source) {
    return new Terms(
        List.of(), Tool.DEFAULT_TIMEOUT.toMillis(), true, 0, source.perCaller(), Scoping.NONE);
  }

  private static Terms terms(OfferedTool tool, Source source) {
    var repeatable = Offer.isBelieved(tool.tags())
        && (Offer.hints(tool.definition(), "readOnlyHint")
            || Offer.hints(tool.definition(), "idempotentHint"));
    return new Terms(
        tool.tags(),
        tool.timeoutMillis(),
        repeatable,
        tool.cacheMillis(),
        source.perCaller(),
        Scoping.of(tool.definition(), tool.tags()));
  }
}
