package io.umbel.gateway.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A provider that has to be asked what a caller has of it. Only instances of its newest version
 * are.
 *
 * @param name the provider's word
 * @param version the newest one that is here
 * @param servers whether it fronts servers, each of which a caller may be narrowed to
 * @param replicas the instances of that version
 */
record PerCaller(String name, String version, boolean servers, List<Replica> replicas) {

  /** Those among these, newest versions first, in the order they came. */
  static List<PerCaller> among(List<Catalog.Member> members) {
    var byName = new LinkedHashMap<String, PerCaller>();
    for (var member : members) {
      var announced = member.announcement();
      if (announced.traits().perCaller()) {
        byName
            .computeIfAbsent(
                announced.instance().provider(),
                name -> new PerCaller(
                    name, member.version(), announced.traits().servers(), new ArrayList<>()))
            .takes(member);
      }
    }
    return List.copyOf(byName.values());
  }

  private void takes(Catalog.Member member) {
    if (member.version().equals(version)) {
      replicas.add(member.replica());
    }
  }
}
