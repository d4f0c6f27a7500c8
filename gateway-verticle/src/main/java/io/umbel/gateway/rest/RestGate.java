package io.umbel.gateway.rest;

import io.umbel.gateway.identity.Identified;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What every request passes before anything is done, as the HTTP server has it.
 *
 * @param source throws where a request comes from a web page of elsewhere
 * @param bodies reads a body within bounds
 * @param identity whose a request is
 * @param challenge completes what {@code WWW-Authenticate} says
 */
public record RestGate(
    Consumer<HttpServerRequest> source,
    Function<HttpServerRequest, Future<byte[]>> bodies,
    Function<HttpServerRequest, Future<Identified>> identity,
    UnaryOperator<String> challenge) {

  /** The largest body. */
  public static final int BODY_BYTES = 64 * 1024;
}
