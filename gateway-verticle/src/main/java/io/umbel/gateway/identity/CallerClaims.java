package io.umbel.gateway.identity;

import io.umbel.contract.Caller;
import io.umbel.contract.Reach;
import io.umbel.gateway.identity.IdentitySettings.Accounts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads from a token's claims on whose behalf it acts. A claim of the wrong type spoils it all. */
final class CallerClaims {

  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,256}");
  private static final String ADMIN = "admin";

  /** Means all accounts where providers keep things by account, so it is none. */
  private static final String EVERYONE = "*";

  private final Accounts accounts;

  CallerClaims(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The caller, if the claims name one. */
  Optional<Caller> read(JsonObject claims) {
    try {
      return Optional.of(caller(claims));
    } catch (Spoiled e) {
      return Optional.empty();
    }
  }

  private Caller caller(JsonObject claims) {
    var account = name(claims, accounts.claim());
    var projects = texts(claims, "project_ids");
    var project = project(claims, projects);
    return new Caller(
        ofOne(present(account == null ? accounts.absent() : account)),
        present(name(claims, "sub")),
        project,
        name(claims, "agent_id"),
        scopes(claims),
        new Reach(tools(claims), project == null ? projects : Set.of(project)));
  }

  private static String project(JsonObject claims, Set<String> projects) {
    var named = name(claims, "project_id");
    if (named == null) {
      return projects != null && projects.size() == 1 ? projects.iterator().next() : null;
    }
    if (projects != null && !projects.contains(named)) {
      throw new Spoiled();
    }
    return named;
  }

  private static Set<String> scopes(JsonObject claims) {
    var scopes = new TreeSet<String>();
    if (claims.containsKey("scope")) {
      addWords(claims.getValue("scope"), scopes);
    }
    addAll(texts(claims, "scopes"), scopes);
    addAll(texts(claims, "permissions"), scopes);
    if (ADMIN.equals(name(claims, "role"))) {
      scopes.add(ADMIN);
    }
    return scopes;
  }

  /** Null is no limit; each tool is a name or an object with {@code tool_name}. */
  private static Set<String> tools(JsonObject claims) {
    if (!claims.containsKey("allowed_mcp_tools")) {
      return null;
    }
    var names = new TreeSet<String>();
    for (var tool : array(claims.getValue("allowed_mcp_tools"))) {
      names.add(text(tool instanceof JsonObject named ? named.getValue("tool_name") : tool));
    }
    return names;
  }

  private static void addWords(Object scope, Set<String> into) {
    for (var word : text(scope).split(" ", -1)) {
      if (!word.isEmpty()) {
        into.add(word);
      }
    }
  }

  private static void addAll(Set<String> texts, Set<String> into) {
    if (texts != null) {
      into.addAll(texts);
    }
  }

  private static Set<String> texts(JsonObject claims, String claim) {
    if (!claims.containsKey(claim)) {
      return null;
    }
    var texts = new TreeSet<String>();
    array(claims.getValue(claim)).forEach(text -> texts.add(text(text)));
    return texts;
  }

  private static String name(JsonObject claims, String claim) {
    var value = claims.getValue(claim);
    if (value != null && !(value instanceof String text && NAME.matcher(text).matches())) {
      throw new Spoiled();
    }
    return (String) value;
  }

  private static String ofOne(String account) {
    if (EVERYONE.equals(account)) {
      throw new Spoiled();
    }
    return account;
  }

  private static String present(String name) {
    if (name == null) {
      throw new Spoiled();
    }
    return name;
  }

  private static JsonArray array(Object value) {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw new Spoiled();
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new Spoiled();
  }

  private static final class Spoiled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spoiled() {
      super("a claim of the wrong type", null, false, false);
    }
  }
}
