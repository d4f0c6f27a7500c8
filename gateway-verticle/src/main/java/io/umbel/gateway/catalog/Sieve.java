package io.umbel.gateway.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Caller;
import io.umbel.contract.Reach;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Scoping;
import io.umbel.gateway.access.TagScopes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From everything on offer to what one caller may see: what the caller has of per-caller providers
 * is put beside what everyone has, then tools are taken off that the account has switched off, that
 * the token may not call, and whose tags ask for scopes it lacks; last, arguments that the token
 * says are taken off what is shown. Callers for whom the same is left share it.
 */
final class Sieve {

  /** The tag of tools that tell of the gateway itself, and nothing of anybody's. */
  private static final String SYSTEM = "system";

  private static final int MOST_SHARED = 1_000;

  private final Catalog catalog;
  private final TagScopes tagScopes;
  private final Cache<Left, Shelf> shared =
      Caffeine.newBuilder().maximumSize(MOST_SHARED).executor(Runnable::run).build();

  /** What is left of everyone's tools, and how they are shown. */
  private record Left(Set<String> hidden, List<String> said) {}

  /**
   * What was read of an account.
   *
   * @param now as it is, or null where that cannot be read
   * @param before as it was when it last could be, or null
   */
  record Read(Account now, Account before) {}

  Sieve(Catalog catalog, TagScopes tagScopes) {
    this.catalog = catalog;
    this.tagScopes = tagScopes;
  }

  /** Everything on offer is another: nothing that was shared fits any longer. */
  void renew() {
    shared.invalidateAll();
  }

  /** What that caller may see. */
  Map<Kind, Shelf> of(Caller caller, List<Provisions.Known> provisions, Read account) {
    var seen = new EnumMap<Kind, Shelf>(Kind.class);
    for (var kind : Kind.values()) {
      seen.put(kind, withOwn(kind, caller.reach(), provisions));
    }
    seen.put(Kind.TOOL, tools(seen.get(Kind.TOOL), caller, account));
    return seen;
  }

  /**
   * A caller's own thing takes no name that is taken, or that the operator hides. Who is narrowed
   * to a server sees nothing but its things, and those that are hidden elsewhere are hidden here.
   */
  private Shelf withOwn(Kind kind, Reach reach, List<Provisions.Known> provisions) {
    var everyones = catalog.shelf(kind);
    var own = new ArrayList<Offer>();
    for (var known : provisions) {
      if (known.provided() != null) {
        own.addAll(kind.in(known.provided().offers(), known.provider()));
      }
    }
    own.removeIf(offer -> isHidden(offer.called(kind.listed(reach, offer.name())), kind));
    if (own.isEmpty() && reach.server() == null) {
      return everyones;
    }
    var both = reach.server() == null ? everyones.copy() : new Shelf();
    own.forEach(both::add);
    return both;
  }

  private boolean isHidden(Offer listed, Kind kind) {
    return catalog.shelf(kind).hides(listed.name()) || !catalog.shows(listed, kind);
  }

  private Shelf tools(Shelf shelf, Caller caller, Read account) {
    var hidden = new HashSet<String>();
    for (var offer : shelf.inOrder().values()) {
      if (!shows(offer, caller, account)) {
        hidden.add(offer.name());
      }
    }
    var left = new Left(hidden, said(caller));
    if (hidden.isEmpty() && left.said().isEmpty()) {
      return shelf;
    }
    return shelf == catalog.shelf(Kind.TOOL)
        ? shared.get(left, made -> narrowed(shelf, left))
        : narrowed(shelf, left);
  }

  private static Shelf narrowed(Shelf shelf, Left left) {
    var narrow = shelf.copy();
    narrow.keep(offer -> !left.hidden().contains(offer.name()));
    narrow.show(offer -> left.said().isEmpty() || !offer.terms().scoping().isScoped()
        ? offer
        : offer.shownAs(Scoping.withoutArguments(offer.definition(), left.said())));
    return narrow;
  }

  private boolean shows(Offer offer, Caller caller, Read account) {
    var listed = caller.reach().listed(offer.name());
    return isSwitchedOn(offer.called(listed), account)
        && caller.reach().hasTool(listed)
        && tagScopes.allow(caller.scopes(), offer.terms().tags());
  }

  /**
   * Where it cannot be read what the account has switched off, only those are shown that it is
   * known not to have switched off, and that need no grant; and those that tell of the gateway
   * itself.
   */
  private static boolean isSwitchedOn(Offer offer, Read account) {
    if (account.now() != null) {
      return !account.now().disabledTools().contains(offer.name());
    }
    var terms = offer.terms();
    if (terms.perCaller() || terms.scoping().isScoped()) {
      return false;
    }
    return account.before() == null
        ? terms.tags().contains(SYSTEM) && offer.isReadOnly()
        : !account.before().disabledTools().contains(offer.name());
  }

  /** The arguments that need not be given, since the token says them. */
  private static List<String> said(Caller caller) {
    var said = new ArrayList<String>();
    if (caller.project() != null) {
      said.add(Scoping.PROJECT);
    }
    if (caller.agent() != null) {
      said.add(Scoping.AGENT);
    }
    return said;
  }
}
