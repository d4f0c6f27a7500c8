package io.umbel.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Speaks REST, and MCP, to one gateway with one token. */
record RestClient(int port, String token) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** An answer. */
  record Said(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonObject json() {
      return new JsonObject(response.body());
    }

    JsonArray items() {
      return json().getJsonArray("items");
    }

    String id() {
      return json().getString("id");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    String etag() {
      return header("ETag");
    }

    /** Status, kind of problem and what to do. */
    String problem() {
      var json = json();
      return status() + " " + json.getString("type") + " " + json.getString("detail");
    }
  }

  Said get(String path) {
    return send("GET", path, null);
  }

  Said post(String path, JsonObject body) {
    return send("POST", path, body.encode());
  }

  Said patch(String path, String ifMatch, JsonObject body) {
    return send("PATCH", path, body.encode(), "If-Match", ifMatch);
  }

  Said put(String path, String ifMatch, JsonObject body) {
    return send("PUT", path, body.encode(), "If-Match", ifMatch);
  }

  Said delete(String path, String ifMatch) {
    return send("DELETE", path, null, "If-Match", ifMatch);
  }

  Said send(String method, String path, String body, String... headers) {
    try {
      return new Said(HTTP.send(request(method, path, body, headers), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<Said> sendLater(String method, String path, String body, String... headers) {
    return HTTP.sendAsync(request(method, path, body, headers), BodyHandlers.ofString())
        .thenApply(Said::new);
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    if (token != null) {
      request.setHeader("Authorization", "Bearer " + token);
    }
    for (var i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  /** An MCP request. */
  Said mcp(String method, JsonObject params) {
    var body = io.umbel.gateway.RunningGateway.modernBody(method, params);
    var name = params.getString("name", "-");
    return send(
        "POST",
        "/mcp",
        body,
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        method,
        params.containsKey("name") ? "Mcp-Name" : "X-None",
        name);
  }

  /** The names of the tools that are listed. */
  java.util.List<String> tools() {
    return mcp("tools/list", new JsonObject())
        .json()
        .getJsonObject("result")
        .getJsonArray("tools")
        .stream()
        .map(tool -> ((JsonObject) tool).getString("name"))
        .toList();
  }
}
