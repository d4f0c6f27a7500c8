package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement;
import io.umbel.contract.Roster;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything on offer to everyone, made anew whenever somebody comes, goes or announces something
 * else. What one caller may see of it, and has beside it, is said by {@link Windows}.
 *
 * <p>What the operator's rules hide is taken off when that is made, after everything else has been
 * decided: hiding a tool never brings an older version or another provider's tool to light.
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

  private final Visibility visibility;
  private Map<Kind, Shelf> shelves = empty();
  private List<PerCaller> perCaller = List.of();
  private Runnable onChange = () -> {};

  /** One instance, what it announced, and what waits for it. */
  record Member(Announcement announcement, Replica replica) {
    String version() {
      return announcement.instance().version();
    }
  }

  /** One that shows everything. */
  public Catalog() {
    this(Visibility.ALL);
  }

  public Catalog(Visibility visibility) {
    this.visibility = visibility;
  }

  /** Tells, from now on, whenever somebody has come, gone or announced something else. */
  public void onChange(Runnable watcher) {
    onChange = watcher;
  }

  /** What everyone may see who is not confined, and has nothing of their own. */
  public Window everyones() {
    return new Window(shelves, null, Long.MAX_VALUE);
  }

  /** The providers that have to be asked what a caller has of them. */
  List<PerCaller> perCaller() {
    return perCaller;
  }

  Shelf shelf(Kind kind) {
    return shelves.get(kind);
  }

  /** Whether the operator lets that be seen. */
  boolean shows(Offer offer, Kind kind) {
    return visibility.shows(offer, kind);
  }

  /** The same offer as it stands now: others may answer for it, or none. */
  public Offer now(Offer offer) {
    if (offer.terms().perCaller()) {
      return perCaller.stream()
          .filter(provider -> provider.name().equals(offer.provider()))
          .findFirst()
          .map(provider -> offer.answeredBy(provider.replicas()))
          .orElse(offer);
    }
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
    shelves = empty();
    for (var member : newestVersionFirst()) {
      var announced = member.announcement();
      for (var kind : Kind.values()) {
        kind.in(announced.offers(), announced.instance().provider(), member.replica())
            .forEach(shelves.get(kind)::add);
      }
    }
    shelves.forEach((kind, shelf) -> shelf.keep(offer -> visibility.shows(offer, kind)));
    perCaller = PerCaller.among(newestVersionFirst());
    onChange.run();
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
