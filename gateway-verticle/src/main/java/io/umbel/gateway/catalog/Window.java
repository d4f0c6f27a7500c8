package io.umbel.gateway.catalog;

import io.umbel.contract.UriTemplates;
import io.umbel.gateway.access.Account;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What one caller may see, at one moment: lists and calls look through the same one, so that what
 * is in no list cannot be called either. Immutable, but for bytes that are made once.
 */
public final class Window {

  private final Map<Kind, Shelf> shelves;
  private final Account account;
  private final long until;
  private final Place place;

  /** Where one looks from. */
  enum Place {
    /** Everywhere, or the server that the caller is narrowed to. */
    THERE,
    /** A server that there is not, for this caller. */
    NOWHERE,
    /** Nobody can say at the moment. */
    UNTOLD
  }

  /**
   * One through which that is seen.
   *
   * @param account the caller's as it was read for this, or null where it could not be
   * @param until when it is over, in milliseconds since 1970, if nothing ends it before
   */
  Window(Map<Kind, Shelf> shelves, Account account, long until) {
    this(shelves, account, until, Place.THERE);
  }

  Window(Map<Kind, Shelf> shelves, Account account, long until, Place place) {
    this.shelves = shelves;
    this.account = account;
    this.until = until;
    this.place = place;
  }

  Place place() {
    return place;
  }

  /** Everything of that kind, by name. */
  public NavigableMap<String, Offer> all(Kind kind) {
    return shelves.get(kind).inOrder();
  }

  /** What goes by that name; nothing goes by null. */
  public Optional<Offer> find(Kind kind, String name) {
    return Optional.ofNullable(shelves.get(kind).find(name));
  }

  /** Whose that URI is: a resource's own, or one of a template. */
  public Optional<Offer> findResource(String uri) {
    var exact = find(Kind.RESOURCE, uri);
    return exact.isPresent() || shelves.get(Kind.RESOURCE).hides(uri)
        ? exact
        : all(Kind.TEMPLATE).values().stream()
            .filter(offer -> UriTemplates.match(offer.name(), uri) != null)
            .findFirst();
  }

  /** The caller's account, or null where it could not be read. */
  public Account account() {
    return account;
  }

  /** When it is over, in milliseconds since 1970, if nothing ends it before. */
  public long until() {
    return until;
  }

  /** Whether the same names of that kind mean the same things in both. */
  public boolean hasSameAs(Window other, Kind kind) {
    var mine = shelves.get(kind);
    var theirs = other.shelves.get(kind);
    return mine == theirs || mine.hasSameAs(theirs);
  }

  Shelf shelf(Kind kind) {
    return shelves.get(kind);
  }
}
