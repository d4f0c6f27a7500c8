package io.umbel.gateway.legacy;

import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.Reply;

/** Errors as this era tells them: in band, and a missing resource by a code of its own. */
final class LegacyErrors {

  private static final int RESOURCE_NOT_FOUND = -32002;
  private static final int INVALID_PARAMS = -32602;

  private LegacyErrors() {}

  static Reply reply(McpException error, McpRequest request) {
    var missing = request.method() == McpMethod.RESOURCES_READ
        && error.code() == INVALID_PARAMS
        && error.data() != null;
    var told = missing ? error.withCode(RESOURCE_NOT_FOUND) : error;
    return Reply.error(request.envelope().id(), told, status(error));
  }

  /** In band, but for what HTTP has to act on: a better token, fewer calls, later ones. */
  private static int status(McpException error) {
    return switch (error.status()) {
      case 401, 403, 429, 503 -> error.status();
      default -> 200;
    };
  }
}
