package io.umbel.gateway.audit;

import io.umbel.contract.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing that was done, or tried, as it goes on record. Never holds the value of an argument.
 *
 * @param id its own, so that it is never written twice
 * @param ts when it ended
 * @param who did it, and from where
 * @param what was done
 * @param ending how it ended
 * @param correlationId of the request
 */
public record Entry(UUID id, Instant ts, Who who, What what, Ending ending, String correlationId) {

  /** The action of a row about a tool. */
  public static final String TOOL_CALL = "tool_call";

  /**
   * Who did it.
   *
   * @param caller as the verified token says
   * @param clientIp the address of the client, or null where it has none
   */
  public record Who(Caller caller, String clientIp) {}

  /**
   * What was done.
   *
   * @param action {@code tool_call}, or what was changed and how, as in {@code projects.create}
   * @param tool its name, or null
   * @param server the provider that answers for it, or null
   * @param arguments what was said to it; {@link Arguments#NONE} for nothing
   * @param change of the configuration: before and after, redacted, as JSON; else null
   */
  public record What(
      String action, String tool, String server, Arguments arguments, String change) {}

  /**
   * How it ended.
   *
   * @param status what became of it
   * @param durationMillis how long it took
   * @param errorCode why it did not succeed, or null
   * @param ruleId the policy rule that decided, or null
   */
  public record Ending(Status status, double durationMillis, String errorCode, String ruleId) {}

  /** What became of it. */
  public enum Status {
    SUCCEEDED("succeeded"),
    REFUSED("refused"),
    FAILED("failed");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    /** Whether it was let through. */
    String decision() {
      return this == REFUSED ? "deny" : "allow";
    }
  }

  String account() {
    return who.caller().account();
  }
}
