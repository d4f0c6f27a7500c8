package io.umbel.gateway.access;

/**
 * What an agent may do in a project.
 *
 * @param agent its id
 * @param project its id
 * @param role how much it may do there
 */
public record Grant(String agent, String project, Role role) {}
