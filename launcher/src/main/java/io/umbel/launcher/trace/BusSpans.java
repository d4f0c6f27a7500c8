package io.umbel.launcher.trace;

import io.umbel.contract.Bus.Header;
import io.vertx.core.Context;
import io.vertx.core.eventbus.Message;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A tracer that names what goes over the bus as the conventions for MCP do, where Vert.x says only
 * {@code send}. Everything else is as it was.
 *
 * @param before what makes the spans
 * @param afterClose what is done when nothing more comes
 */
record BusSpans<I, O>(VertxTracer<I, O> before, Runnable afterClose) implements VertxTracer<I, O> {

  @Override
  public <R> I receiveRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      Iterable<Map.Entry<String, String>> headers,
      TagExtractor<R> tags) {
    return request instanceof Message<?> message
        ? before.receiveRequest(
            context, kind, policy, message, name(message), headers, MessageTags.READER)
        : before.receiveRequest(context, kind, policy, request, operation, headers, tags);
  }

  @Override
  public <R> void sendResponse(
      Context context, R response, I span, Throwable failure, TagExtractor<R> tags) {
    before.sendResponse(context, response, span, failure, tags);
  }

  @Override
  public <R> O sendRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> headers,
      TagExtractor<R> tags) {
    return request instanceof Message<?> message
        ? before.sendRequest(
            context, kind, policy, message, name(message), headers, MessageTags.READER)
        : before.sendRequest(context, kind, policy, request, operation, headers, tags);
  }

  /** A reply says how the call ended. */
  @Override
  public <R> void receiveResponse(
      Context context, R response, O span, Throwable failure, TagExtractor<R> tags) {
    if (response instanceof Message<?> message) {
      before.receiveResponse(context, message, span, failure, MessageTags.READER);
    } else {
      before.receiveResponse(context, response, span, failure, tags);
    }
  }

  @Override
  public void close() {
    before.close();
    afterClose.run();
  }

  /** Names of tools and prompts are known; URIs are whatever a client makes of them. */
  private static String name(Message<?> message) {
    var headers = message.headers();
    var method = headers.get(Header.METHOD);
    if (method == null) {
      return "bus " + headers.get(Header.OP);
    }
    var named = method.equals("tools/call") || method.equals("prompts/get");
    return named ? method + " " + headers.get(Header.NAME) : method;
  }
}
