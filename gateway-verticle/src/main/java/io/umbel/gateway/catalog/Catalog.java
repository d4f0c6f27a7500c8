package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Caller;
import io.umbel.contract.Roster;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything on offer, made anew whenever somebody comes, goes or announces something else. List
 * and call look through the same window: {@link #visibleTo} and {@link #find}.
 *
 * <p>A tool's definition is that of its provider's newest version; only instances that announced
 * exactly that definition answer for it. A name that another provider already offers, and a second
 * definition within one version, are refused and logged.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class Catalog implements Roster.Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  /** Instances in the order they were first heard of: the first one's definition stands. */
  private final Map<String, Member> members = new LinkedHashMap<>();

  private NavigableMap<String, Offer> offers = new TreeMap<>();
  private Map<String, Offer> byName = Map.of();

  private record Member(Announcement announcement, Replica replica) {}

  /** The tools this caller may see, by name. */
  public NavigableMap<String, Offer> visibleTo(Caller caller) {
    return offers;
  }

  /** The tool of that name, if this caller may see it. */
  public Optional<Offer> find(String name, Caller caller) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether a provider of that name is here. */
  public boolean hasProvider(String provider) {
    return members.values().stream()
        .anyMatch(member -> member.announcement().instance().provider().equals(provider));
  }

  @Override
  public void here(Announcement announcement) {
    var instance = announcement.instance();
    var known = members.get(instance.id());
    var replica = known == null ? new Replica(instance) : known.replica();
    members.put(instance.id(), new Member(announcement, replica));
    rebuild();
  }

  @Override
  public void gone(Announcement announcement, Roster.Leave why) {
    var member = members.remove(announcement.instance().id());
    rebuild();
    if (member != null && why != Roster.Leave.GOODBYE) {
      member.replica().lose();
    }
  }

  private void rebuild() {
    var next = new TreeMap<String, Offer>();
    for (var member : newestVersionFirst()) {
      member.announcement().offers().tools().forEach(tool -> add(next, member, tool));
    }
    offers = next;
    byName = new HashMap<>(next);
  }

  /** Providers keep the order they came in; within one provider the newest version leads. */
  private List<Member> newestVersionFirst() {
    Map<String, List<Member>> byProvider = new LinkedHashMap<>();
    for (var member : members.values()) {
      var provider = member.announcement().instance().provider();
      byProvider.computeIfAbsent(provider, first -> new ArrayList<>()).add(member);
    }
    var ordered = new ArrayList<Member>();
    for (var one : byProvider.values()) {
      one.sort((a, b) -> Version.compare(version(b), version(a)));
      ordered.addAll(one);
    }
    return ordered;
  }

  private static void add(Map<String, Offer> next, Member member, OfferedTool tool) {
    var instance = member.announcement().instance();
    var there = next.get(tool.name());
    if (there == null) {
      var replicas = new ArrayList<>(List.of(member.replica()));
      next.put(tool.name(), new Offer(instance.provider(), tool, json(tool), replicas));
    } else if (there.provider().equals(instance.provider()) && there.tool().equals(tool)) {
      there.replicas().add(member.replica());
    } else {
      refuse(there, member);
    }
  }

  private static void refuse(Offer there, Member member) {
    var instance = member.announcement().instance();
    var leading = there.replicas().get(0).instance();
    if (!there.provider().equals(instance.provider())) {
      LOG.warn(
          "{} offers {}, which {} already offers: refused",
          instance.address(),
          there.name(),
          there.provider());
    } else if (version(member).equals(leading.version())) {
      LOG.warn(
          "{} defines {} otherwise than {} does in the same version {}: refused",
          instance.address(),
          there.name(),
          leading.address(),
          leading.version());
    }
  }

  private static String version(Member member) {
    return member.announcement().instance().version();
  }

  private static Buffer json(OfferedTool tool) {
    return tool.definition().toBuffer();
  }
}
