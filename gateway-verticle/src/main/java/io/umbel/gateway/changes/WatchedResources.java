package io.umbel.gateway.changes;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.Node;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Window;
import io.umbel.gateway.catalog.Windows;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells providers which resources of their callers somebody watches here, so that they watch them
 * where those come from. Everyone's resources need no such word. Of a provider's instances always
 * the same one is told what is an account's, by whichever gateway.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
final class WatchedResources {

  /** Nobody has a longer URI that means anything. */
  private static final int LONGEST_URI = 8 * 1024;

  /** A message stays far below what the bus carries. */
  private static final int MOST_CHARACTERS = 128 * 1024;

  private final Vertx vertx;
  private final Windows windows;
  private final CallerSeal seal;

  WatchedResources(Vertx vertx, Windows windows) {
    var node = Node.of(vertx);
    this.vertx = vertx;
    this.windows = windows;
    this.seal = new CallerSeal(node.secret(), node.clock());
  }

  /** These are watched now, by that caller. */
  void tell(Caller caller, Collection<String> uris) {
    if (!uris.isEmpty()) {
      windows.of(caller).onSuccess(window -> tell(caller, uris, window));
    }
  }

  private void tell(Caller caller, Collection<String> uris, Window window) {
    Map<String, Offer> any = new LinkedHashMap<>();
    Map<String, List<String>> byProvider = new LinkedHashMap<>();
    for (var uri : uris) {
      var offer = uri.length() > LONGEST_URI ? null : window.findResource(uri).orElse(null);
      if (offer != null && offer.terms().perCaller()) {
        any.putIfAbsent(offer.provider(), offer);
        byProvider.computeIfAbsent(offer.provider(), first -> new ArrayList<>()).add(uri);
      }
    }
    byProvider.forEach((provider, own) -> tell(caller, any.get(provider), own));
  }

  private void tell(Caller caller, Offer offer, List<String> uris) {
    var address = offer.answeringFor(caller.account()).instance().address();
    var some = new JsonArray();
    var characters = 0;
    for (var uri : uris) {
      if (characters + uri.length() > MOST_CHARACTERS) {
        send(caller, offer.provider(), address, some);
        some = new JsonArray();
        characters = 0;
      }
      some.add(uri);
      characters += uri.length();
    }
    send(caller, offer.provider(), address, some);
  }

  private void send(Caller caller, String provider, String address, JsonArray uris) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.WATCH.word())
        .addHeader(Header.CALLER, seal.seal(caller, provider));
    vertx.eventBus().send(address, uris.toBuffer(), options);
  }
}
