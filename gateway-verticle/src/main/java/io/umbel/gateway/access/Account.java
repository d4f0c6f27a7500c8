package io.umbel.gateway.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an account has, at one moment. Immutable.
 *
 * @param id of the account
 * @param projects by id
 * @param agents by id, active and not
 * @param grants by agent, then by project: what the agent may do there
 * @param disabledTools the names of tools that are switched off for this account
 */
public record Account(
    String id,
    Map<String, Project> projects,
    Map<String, Agent> agents,
    Map<String, Map<String, Role>> grants,
    Set<String> disabledTools) {

  public Account {
    projects = Map.copyOf(projects);
    agents = Map.copyOf(agents);
    grants = Map.copyOf(grants);
    disabledTools = Set.copyOf(disabledTools);
  }

  /** One that has nothing. */
  public static Account empty(String id) {
    return new Account(id, Map.of(), Map.of(), Map.of(), Set.of());
  }

  /** One that has all this. */
  public static Account of(
      String id,
      Collection<Project> projects,
      Collection<Agent> agents,
      List<Grant> grants,
      Set<String> disabledTools) {
    var roles = new TreeMap<String, Map<String, Role>>();
    grants.forEach(grant -> roles
        .computeIfAbsent(grant.agent(), agent -> new TreeMap<>())
        .put(grant.project(), grant.role()));
    roles.replaceAll((agent, inProjects) -> Map.copyOf(inProjects));
    return new Account(
        id, byId(projects, Project::id), byId(agents, Agent::id), roles, disabledTools);
  }

  /** What that agent may do in that project, or null for nothing. */
  public Role role(String agent, String project) {
    return grants.getOrDefault(agent, Map.of()).get(project);
  }

  /** Whether there is such an agent, and it may act. */
  public boolean hasActiveAgent(String agent) {
    var known = agents.get(agent);
    return known != null && known.isActive();
  }

  private static <T> Map<String, T> byId(Collection<T> all, Function<T, String> id) {
    return all.stream().collect(Collectors.toMap(id, Function.identity()));
  }
}
