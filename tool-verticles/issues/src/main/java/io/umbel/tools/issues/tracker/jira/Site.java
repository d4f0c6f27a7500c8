package io.umbel.tools.issues.tracker.jira;

import io.umbel.outbound.Request;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.jira.adf.Adf;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * One Jira: where it is, how it is opened, and which of the two dialects it speaks. Version 3 is
 * Jira Cloud: accounts by id, texts as documents. Version 2 is Data Center: names, plain texts.
 */
final class Site {

  private static final String CLOUD = ".atlassian.net";
  private static final String GATE = "api.atlassian.com";

  private final Connection connection;
  private final boolean isCloud;

  Site(Connection connection) {
    this.connection = connection;
    this.isCloud = isCloud(connection);
  }

  String name() {
    return connection.name();
  }

  String host() {
    return connection.url().getHost();
  }

  boolean isCloud() {
    return isCloud;
  }

  /** What is wrong with how it is set up, or null. */
  String wrong() {
    var version = connection.details().getValue("api_version");
    if (version != null && !version.toString().matches("[23]")) {
      return "connection_details.api_version has to be 2 (Data Center) or 3 (Cloud)";
    }
    if (isAtAtlassian(connection) && !isCloud) {
      return "Jira Cloud speaks version 3: leave connection_details.api_version out";
    }
    return isCloud && detail("email", "").isBlank()
        ? "Jira Cloud needs connection_details.email: the address of whoever the token belongs to"
        : null;
  }

  Request get(String path) {
    return opened(Request.get(connection.at(api(path))));
  }

  Request send(HttpMethod method, String path, JsonObject body) {
    return opened(Request.send(method, connection.at(api(path)), body));
  }

  /** The type that issues are made as. */
  String issueType() {
    return detail("issue_type", "Task");
  }

  /** Where people read an issue. */
  String page(String key) {
    var site = detail("site_url", connection.url().toString());
    return (site.endsWith("/") ? site.substring(0, site.length() - 1) : site) + "/browse/" + key;
  }

  /** A text as Jira takes it; null for none. */
  Object text(String markdown) {
    if (markdown.isBlank()) {
      return null;
    }
    return isCloud ? Adf.of(markdown) : markdown;
  }

  /** A text as it is told here. */
  String markdown(Object text) {
    if (text instanceof JsonObject document) {
      return Adf.toMarkdown(document);
    }
    return text instanceof String plain ? plain : "";
  }

  /** A value within a URL. */
  static String quoted(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String api(String path) {
    return "/rest/api/" + (isCloud ? 3 : 2) + path;
  }

  private Request opened(Request request) {
    var email = detail("email", "");
    if (email.isBlank()) {
      return request.with("Authorization", "Bearer " + connection.secret());
    }
    var pair = (email + ":" + connection.secret()).getBytes(StandardCharsets.UTF_8);
    return request.with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private String detail(String name, String absent) {
    return connection.details().getValue(name) instanceof String text && !text.isBlank()
        ? text.strip()
        : absent;
  }

  private static boolean isCloud(Connection connection) {
    var version = connection.details().getValue("api_version");
    return version == null ? isAtAtlassian(connection) : version.toString().equals("3");
  }

  private static boolean isAtAtlassian(Connection connection) {
    var host = String.valueOf(connection.url().getHost()).toLowerCase(Locale.ROOT);
    return host.endsWith(CLOUD) || host.equals(GATE);
  }
}
