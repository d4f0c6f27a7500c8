package io.umbel.gateway.access;

import io.umbel.contract.ErrorCode;
import io.vertx.core.buffer.Buffer;

/** Whether a call may go on. */
public sealed interface Admission {

  /**
   * It may.
   *
   * @param params those of the request, with what the token says where the tool has arguments for
   *     it
   */
  record Admitted(Buffer params) implements Admission {}

  /**
   * It may not; nothing has been done.
   *
   * @param code what kind of refusal it is
   * @param message what is wrong, in words that say no more than the caller may know
   */
  record Refused(ErrorCode code, String message) implements Admission {}
}
