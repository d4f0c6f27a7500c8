package io.umbel.registry.bridge;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.UriTemplates;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one account has of all its servers, in order: the first of two of the same name is it. */
final class Holdings {

  /** A moment more than a server has, so that what it did is told rather than a time-out. */
  private static final long MORE_MILLIS = 1_000;

  private final List<Holding> holdings;
  private final Map<Kind, Map<String, Found>> byName = new HashMap<>();
  private final Map<String, List<Holding>> byNamespace = new HashMap<>();
  private Offers everything;

  /** Something of a server. */
  record Found(Holding holding, Definition definition) {}

  Holdings(List<Holding> holdings) {
    this.holdings = List.copyOf(holdings);
    holdings.forEach(each -> byNamespace.putIfAbsent(each.server().namespace(), List.of(each)));
    for (var kind : Kind.values()) {
      byName.put(kind, named(kind));
    }
  }

  /** What is shown, of all servers by the names that tell them apart. */
  Offers offers() {
    everything = everything == null ? offers(holdings, false) : everything;
    return everything;
  }

  /** What that server shows, by its own names. */
  Offers offersOf(String namespace) {
    return offers(only(namespace), true);
  }

  /** Whether there is a server of that namespace. */
  boolean has(String namespace) {
    return !only(namespace).isEmpty();
  }

  /** What is called that, withheld or not, or null. */
  Found find(Kind kind, String name, String namespace) {
    if (namespace == null) {
      return byName.get(kind).get(name);
    }
    for (var holding : only(namespace)) {
      var found = holding.find(kind, name);
      if (found != null) {
        return new Found(holding, found);
      }
    }
    return null;
  }

  /** Whose that URI is, or null: what is named so, or what is of the form of a template. */
  Found findUri(String uri, String namespace) {
    var named = find(Kind.RESOURCE, uri, namespace);
    if (named != null) {
      return named;
    }
    var among = namespace == null ? holdings : only(namespace);
    for (var holding : among) {
      for (var template : holding.shown(Kind.TEMPLATE)) {
        if (UriTemplates.match(template.name(), uri) != null) {
          return new Found(holding, template);
        }
      }
    }
    return among.stream()
        .filter(holding -> Links.of(holding).contains(uri))
        .findFirst()
        .map(holding -> new Found(holding, null))
        .orElse(null);
  }

  private List<Holding> only(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of());
  }

  private Map<String, Found> named(Kind kind) {
    var named = new HashMap<String, Found>();
    for (var holding : holdings) {
      for (var each : holding.all(kind)) {
        named.putIfAbsent(holding.listedName(each, false), new Found(holding, each));
      }
    }
    return named;
  }

  private static Offers offers(List<Holding> holdings, boolean alone) {
    var room = new Room(holdings);
    var tools = new ArrayList<OfferedTool>();
    var others = new HashMap<Kind, List<JsonObject>>();
    for (var kind : Kind.values()) {
      others.put(kind, new ArrayList<>());
      var taken = new HashSet<String>();
      for (var holding : holdings) {
        add(holding, kind, alone, new Lists(room, tools, others.get(kind), taken));
      }
    }
    return new Offers(
        tools, others.get(Kind.PROMPT), others.get(Kind.RESOURCE), others.get(Kind.TEMPLATE));
  }

  private record Lists(
      Room room, List<OfferedTool> tools, List<JsonObject> others, Set<String> taken) {}

  private static void add(Holding holding, Kind kind, boolean alone, Lists lists) {
    for (var each : holding.shown(kind)) {
      var json = holding.listed(each, alone);
      if (lists.taken().add(holding.listedName(each, alone)) && lists.room().takes(holding, json)) {
        if (kind == Kind.TOOL) {
          lists.tools().add(offered(holding, json));
        } else {
          lists.others().add(json);
        }
      }
    }
    if (kind == Kind.RESOURCE) {
      Links.of(holding).stream()
          .filter(lists.taken()::add)
          .forEach(uri -> lists.others().add(Links.resource(uri)));
    }
  }

  private static OfferedTool offered(Holding holding, JsonObject json) {
    var server = holding.server();
    var tags = new ArrayList<>(List.of("unscoped", "upstream", server.namespace()));
    if (server.policy().trusted()) {
      tags.add("trusted");
    }
    var timeout = server.policy().limits().timeout().toMillis() + MORE_MILLIS;
    return new OfferedTool(json, List.copyOf(tags), timeout);
  }
}
