package io.umbel.contract;

import java.time.Duration;
import java.util.List;

/**
 * What one caller has of a {@link TailoredToolVerticle} beside what everyone has. Immutable; each
 * method returns another one.
 *
 * @param tools with schemas of the caller's own, which calls are held against
 * @param prompts the caller's
 * @param resources the caller's, and templates
 * @param keepFor how long it may be kept; a change that is told ends it before
 * @param orElseFor how long after that it may still be shown while this family does not answer
 */
public record Provision(
    List<Tool> tools,
    List<Prompt> prompts,
    List<Resource> resources,
    Duration keepFor,
    Duration orElseFor) {

  /** How long one is kept where nothing else is said. */
  public static final Duration USUAL = Duration.ofMinutes(5);

  public Provision {
    tools = List.copyOf(tools);
    prompts = List.copyOf(prompts);
    resources = List.copyOf(resources);
  }

  /** Nothing beside what everyone has. */
  public static Provision nothing() {
    return of(List.of());
  }

  /** These tools, kept for five minutes, and no longer where the family does not answer then. */
  public static Provision of(List<Tool> tools) {
    return new Provision(tools, List.of(), List.of(), USUAL, Duration.ZERO);
  }

  public Provision withPrompts(Prompt... more) {
    return new Provision(tools, List.of(more), resources, keepFor, orElseFor);
  }

  public Provision withResources(Resource... more) {
    return new Provision(tools, prompts, List.of(more), keepFor, orElseFor);
  }

  /** Kept that long, an hour at most. */
  public Provision keptFor(Duration lifetime) {
    return new Provision(tools, prompts, resources, lifetime, orElseFor);
  }

  /** Shown that much longer where the family cannot be asked, an hour at most. */
  public Provision orElseFor(Duration more) {
    return new Provision(tools, prompts, resources, keepFor, more);
  }
}
