package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement;
import io.umbel.contract.Caller;
import io.umbel.contract.Roster;
import io.umbel.contract.UriTemplates;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Everything on offer, made anew whenever somebody comes, goes or announces something else. List
 * and call look through the same window: {@link #visibleTo} and {@link #find}.
 *
 * <p>A definition is that of its provider's newest version; only instances that announced exactly
 * that definition answer for it. A name that another provider already offers, and a second
 * definition within one version, are refused and logged.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class Catalog implements Roster.Watcher {

  /** One that says goodbye, or takes no more calls, still answers those it took. */
  private static final Set<Roster.Leave> FOREVER =
      EnumSet.of(Roster.Leave.NODE_LEFT, Roster.Leave.SILENT);

  /** In the order they came: the first keeps its names as long as one instance of it is here. */
  private final Set<String> providers = new LinkedHashSet<>();

  /** Instances in the order they were first heard of: the first one's definition stands. */
  private final Map<String, Member> members = new LinkedHashMap<>();

  private Map<Kind, Shelf> shelves = empty();
  private Consumer<Kind> onChange = kind -> {};

  private record Member(Announcement announcement, Replica replica) {
    String version() {
      return announcement.instance().version();
    }
  }

  /** Tells, from now on, which lists have changed. */
  public void onChange(Consumer<Kind> watcher) {
    onChange = watcher;
  }

  /** What this caller may see of that kind, by name. */
  public NavigableMap<String, Offer> visibleTo(Caller caller, Kind kind) {
    return shelves.get(kind).inOrder();
  }

  /** What goes by that name, if this caller may see it; nothing goes by null. */
  public Optional<Offer> find(Kind kind, String name, Caller caller) {
    return Optional.ofNullable(shelves.get(kind).find(name));
  }

  /** Whose that URI is, if this caller may read it: a resource's own, or one of a template. */
  public Optional<Offer> findResource(String uri, Caller caller) {
    var exact = find(Kind.RESOURCE, uri, caller);
    return exact.isPresent()
        ? exact
        : visibleTo(caller, Kind.TEMPLATE).values().stream()
            .filter(offer -> UriTemplates.match(offer.name(), uri) != null)
            .findFirst();
  }

  /** The same offer as it stands now: others may answer for it, or none. */
  public Offer now(Offer offer) {
    return shelves.values().stream()
        .map(shelf -> shelf.find(offer.name()))
        .filter(found -> found != null && found.isSameAs(offer))
        .findFirst()
        .orElse(offer);
  }

  /** Whether a provider of that name is here. */
  public boolean hasProvider(String provider) {
    return members.values().stream()
        .anyMatch(member -> member.announcement().instance().provider().equals(provider));
  }

  @Override
  public void here(Announcement announcement) {
    var instance = announcement.instance();
    providers.add(instance.provider());
    var known = members.get(instance.id());
    var replica = known == null ? new Replica(instance) : known.replica();
    members.put(instance.id(), new Member(announcement, replica));
    rebuild();
  }

  @Override
  public void gone(Announcement announcement, Roster.Leave why) {
    var member = members.remove(announcement.instance().id());
    providers.removeIf(provider -> !hasProvider(provider));
    rebuild();
    if (member != null && FOREVER.contains(why)) {
      member.replica().lose();
    }
  }

  private void rebuild() {
    var before = shelves;
    shelves = empty();
    for (var member : newestVersionFirst()) {
      var announced = member.announcement();
      for (var kind : Kind.values()) {
        kind.in(announced.offers(), announced.instance().provider(), member.replica())
            .forEach(shelves.get(kind)::add);
      }
    }
    for (var kind : Kind.values()) {
      if (!before.get(kind).hasSameAs(shelves.get(kind))) {
        onChange.accept(kind);
      }
    }
  }

  /** Providers keep the order they came in; within one provider the newest version leads. */
  private List<Member> newestVersionFirst() {
    Map<String, List<Member>> byProvider = new LinkedHashMap<>();
    providers.forEach(provider -> byProvider.put(provider, new ArrayList<>()));
    for (var member : members.values()) {
      byProvider.get(member.announcement().instance().provider()).add(member);
    }
    var ordered = new ArrayList<Member>();
    for (var one : byProvider.values()) {
      one.sort((a, b) -> Version.compare(b.version(), a.version()));
      ordered.addAll(one);
    }
    return ordered;
  }

  private static Map<Kind, Shelf> empty() {
    var shelves = new EnumMap<Kind, Shelf>(Kind.class);
    for (var kind : Kind.values()) {
      shelves.put(kind, new Shelf());
    }
    return shelves;
  }
}
