package io.umbel.tools.compliance.model;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import java.time.Duration;

/** Why the language model gave no answer that can be used. Final, without a stack: an answer. */
public final class ModelFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whose trouble it is. */
  enum Kind {
    /** The server's: it counts against it. */
    FAILED,
    /** It took too long, which counts against it too. */
    LATE,
    /** The answer's: the server is there. */
    INVALID,
    /** Nobody asked it, since it has failed before. */
    RESTING,
    /** Nobody asked it: there was no time, or no turn. */
    CROWDED,
    /** Nobody asked it: the account has used its tokens. */
    OVER_BUDGET
  }

  private final Kind kind;
  private final transient Duration rest;
  private final boolean mayHaveCost;

  private ModelFailure(Kind kind, String text) {
    this(kind, text, Duration.ZERO, false);
  }

  private ModelFailure(Kind kind, String text, Duration rest, boolean mayHaveCost) {
    super(text, null, false, false);
    this.kind = kind;
    this.rest = rest;
    this.mayHaveCost = mayHaveCost;
  }

  static ModelFailure unreachable(boolean mayHaveCost) {
    return new ModelFailure(
        Kind.FAILED, "The language model cannot be reached", Duration.ZERO, mayHaveCost);
  }

  static ModelFailure late() {
    return new ModelFailure(
        Kind.LATE, "The language model did not answer in time", Duration.ZERO, true);
  }

  /** With HTTP status 401 or 403: only the operator can mend that. */
  static ModelFailure locked() {
    return new ModelFailure(
        Kind.FAILED, "The language model refuses Umbel's key, which the operator has to look at");
  }

  /** With HTTP status 429, or another that says when to come back. */
  static ModelFailure busy(Duration rest) {
    return new ModelFailure(
        Kind.FAILED, "The language model takes no more questions at the moment", rest, false);
  }

  static ModelFailure status(int status) {
    return new ModelFailure(Kind.FAILED, "The language model answered with HTTP status " + status);
  }

  /** The request was refused: another one may well be taken. */
  static ModelFailure refused(int status) {
    return new ModelFailure(
        Kind.INVALID, "The language model refused the question with HTTP status " + status);
  }

  /** What it says is not what was asked for. */
  public static ModelFailure invalid(String what) {
    return new ModelFailure(
        Kind.INVALID, "The language model's answer cannot be used: " + what, Duration.ZERO, true);
  }

  /** Whatever answered, it is no such server. */
  static ModelFailure strange() {
    return new ModelFailure(
        Kind.FAILED,
        "What answers in the language model's place does not speak its language",
        Duration.ZERO,
        true);
  }

  static ModelFailure resting() {
    return new ModelFailure(
        Kind.RESTING, "The language model has failed and is left alone for a while");
  }

  static ModelFailure crowded() {
    return new ModelFailure(Kind.CROWDED, "There was no time left to ask the language model");
  }

  static ModelFailure notCounted() {
    return new ModelFailure(
        Kind.CROWDED, "What the language model may cost cannot be counted: the database is away");
  }

  static ModelFailure overBudget() {
    return new ModelFailure(
        Kind.OVER_BUDGET,
        "This account has used its tokens for the language model; there are new ones at 00:00 UTC");
  }

  Kind kind() {
    return kind;
  }

  /** Whether the server is to blame. */
  boolean isServers() {
    return kind == Kind.FAILED || kind == Kind.LATE;
  }

  /** How long the server wants to be left alone; zero where it does not say. */
  Duration rest() {
    return rest;
  }

  /** Whether tokens may have been used all the same. */
  boolean mayHaveCost() {
    return mayHaveCost;
  }

  /** What answers say that they had to do without. */
  public String word() {
    return kind == Kind.OVER_BUDGET ? "budget_exceeded" : "llm_unavailable";
  }

  /** The same in a word of the protocol. */
  public ErrorCode code() {
    return kind == Kind.OVER_BUDGET ? ErrorCode.BUDGET_EXCEEDED : ErrorCode.UPSTREAM_ERROR;
  }

  /** As a call's whole answer. */
  public ToolFailure asAnswer() {
    return new ToolFailure(code(), getMessage() + "; method \"rules\" needs none", null);
  }
}
