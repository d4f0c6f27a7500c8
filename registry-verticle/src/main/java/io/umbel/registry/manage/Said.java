package io.umbel.registry.manage;

import io.umbel.registry.RegistrySettings.Children;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Registration;
import io.umbel.registry.server.Registration.Wrong;
import io.umbel.registry.server.Secrets;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.StoredServer;
import io.umbel.registry.upstream.stdio.Allowance;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** What clients say of a server, made whole and checked. Throws {@link Refused}. */
final class Said {

  private static final List<String> OF_URL = List.of("url", "auth_type", "auth_config");
  private static final List<String> OF_CHILD = List.of("command", "args", "env");

  private final Allowance allowance;
  private final boolean pinned;

  /**
   * With these rules.
   *
   * @param pinned whether changed definitions stay hidden where nobody says otherwise
   */
  Said(Children children, boolean pinned) {
    this.allowance = Allowance.of(children.commands(), List.copyOf(children.variables()));
    this.pinned = pinned;
  }

  /** A server that is new. */
  JsonObject whole(JsonObject body) {
    return checked(body, new ArrayList<>());
  }

  /** One that there is, with what of it is said now; null takes a member away. */
  JsonObject whole(StoredServer before, JsonObject body) {
    var whole = before.said().copy();
    var wrongs = new ArrayList<Wrong>();
    dropUnfit(whole, body);
    body.forEach(member -> {
      if (member.getValue() == null) {
        whole.remove(member.getKey());
      } else if (!member.getKey().equals("version")) {
        whole.put(member.getKey(), member.getValue());
      }
    });
    var restored = Secrets.restored(whole, before.said());
    if (leadsElsewhere(before.said(), restored) && keepsSecret(before.said(), restored)) {
      wrongs.add(new Wrong(
          "/auth_config", "has to be given again, since url leads to another server now"));
    }
    return checked(restored, wrongs);
  }

  /** What it means as a server. */
  Server server(Server.Key key, JsonObject said, long version) {
    return Registration.of(said, pinned).server(key, version);
  }

  private JsonObject checked(JsonObject said, List<Wrong> wrongs) {
    var whole = said.copy();
    whole.fieldNames().stream()
        .filter(name -> whole.getValue(name) == null)
        .toList()
        .forEach(whole::remove);
    if (whole.containsKey("trusted")) {
      wrongs.add(new Wrong("/trusted", "is for the operator's servers alone"));
    }
    var registration = Registration.of(whole, pinned);
    wrongs.addAll(registration.wrongs());
    findHidden(whole, wrongs);
    if (wrongs.isEmpty()) {
      var server = registration.server(new Server.Key("", new UUID(0, 0)), 0);
      checkChild(server.endpoint(), wrongs);
      if (wrongs.isEmpty()) {
        return plain(whole, server);
      }
    }
    throw Refused.invalid(wrongs);
  }

  /** In our own words for transport, status and namespace. */
  private static JsonObject plain(JsonObject whole, Server server) {
    var transport = whole.getString("transport", Registration.HTTP);
    return whole
        .put("transport", Registration.transport(transport))
        .put("status", server.policy().active() ? "active" : "inactive")
        .put("namespace", server.namespace())
        .put("auth_type", whole.getString("auth_type", "none"));
  }

  private void checkChild(Endpoint endpoint, List<Wrong> wrongs) {
    if (!(endpoint instanceof Endpoint.Stdio child)) {
      return;
    }
    allowance
        .refusal(child)
        .ifPresent(why -> wrongs.add(new Wrong("/command", "is refused: " + why)));
  }

  private static void findHidden(JsonObject whole, List<Wrong> wrongs) {
    for (var where : List.of("auth_config", "env")) {
      if (whole.getValue(where) instanceof JsonObject all) {
        all.stream()
            .filter(each -> Secrets.HIDDEN.equals(each.getValue()))
            .forEach(each -> wrongs.add(new Wrong(
                "/" + where + "/" + each.getKey(),
                "is ***, but there is no secret that it could stand for: give one")));
      }
    }
  }

  /** What belongs to another way of reaching it goes, where nothing is said of it. */
  private static void dropUnfit(JsonObject whole, JsonObject body) {
    if (body.getValue("transport") instanceof String word) {
      var stdio = Registration.STDIO.equals(Registration.transport(word));
      (stdio ? OF_URL : OF_CHILD).forEach(whole::remove);
    }
    if (body.containsKey("auth_type")
        && !Objects.equals(body.getValue("auth_type"), whole.getValue("auth_type"))) {
      whole.remove("auth_config");
    }
  }

  private static boolean leadsElsewhere(JsonObject before, JsonObject now) {
    return before.getString("url") != null
        && now.getValue("url") instanceof String url
        && !origin(before.getString("url")).equals(origin(url));
  }

  /** Whoever may change a server is not shown its secret: not by sending it elsewhere either. */
  private static boolean keepsSecret(JsonObject before, JsonObject now) {
    return Secrets.shares(before, now, "auth_config");
  }

  private static String origin(String url) {
    try {
      var uri = URI.create(url.strip());
      return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)
          + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":"
          + uri.getPort();
    } catch (IllegalArgumentException e) {
      return url;
    }
  }
}
