package io.umbel.gateway.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.access.TagScopes;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each caller may see, through a {@link Window} of their own: made at the first question and
 * kept until everything on offer, the account, or what a provider has for them changes. Two callers
 * that differ in anything at all never share one.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class Windows {

  private static final Logger LOG = LoggerFactory.getLogger(Windows.class);
  private static final int MOST = 10_000;
  private static final Future<Void> EVERYWHERE = Future.succeededFuture();
  private static final String UNTOLD =
      "Nobody can say at the moment which servers there are; try again shortly";
  private static final int RETRY_SECONDS = 5;

  /** How soon an account is read again that could not be. */
  private static final long UNREAD_MILLIS = 1_000;

  private final Catalog catalog;
  private final Accounts accounts;
  private final Clock clock;
  private final Context context;
  private final MeterRegistry registry;
  private final Provisions provisions;
  private final Sieve sieve;
  private final Cache<Caller, Kept> windows = cache();
  private final Cache<String, Account> lastRead = cache();
  private Consumer<Predicate<Caller>> onChange = whose -> {};

  /** Being made, or here. */
  private static final class Kept {
    private Future<Window> future;
    private long until = Long.MAX_VALUE;
  }

  public Windows(
      Vertx vertx,
      Catalog catalog,
      Accounts accounts,
      TagScopes tagScopes,
      MeterRegistry registry) {
    this.catalog = catalog;
    this.accounts = accounts;
    this.registry = registry;
    this.context = vertx.getOrCreateContext();
    this.clock = Node.of(vertx).clock();
    this.sieve = new Sieve(catalog, tagScopes);
    this.provisions = new Provisions(vertx, new ProvideRequest(vertx, registry));
    catalog.onChange(this::catalogChanged);
    accounts.onChange(account -> context.runOnContext(now -> accountChanged(account)));
    provisions.onLate(caller -> discard(caller::equals));
  }

  /** Tells, from now on, whose windows may be others now. */
  public void onChange(Consumer<Predicate<Caller>> watcher) {
    onChange = watcher;
  }

  /** What that caller may see now. */
  public Future<Window> of(Caller caller) {
    var kept = windows.getIfPresent(caller);
    return kept == null || isOver(kept) ? make(caller) : kept.future;
  }

  /**
   * Whether that caller is shown a tool of that name. Of one that is narrowed to a server nobody is
   * asked: what comes before limits are counted costs nothing, whatever server somebody makes up.
   */
  public Future<Boolean> showsTool(Caller caller, String tool) {
    var kept = windows.getIfPresent(caller);
    return caller.reach().server() != null && (kept == null || isOver(kept))
        ? Future.succeededFuture(false)
        : of(caller).map(window -> window.find(Kind.TOOL, tool).isPresent()).otherwise(false);
  }

  /**
   * Completes if there is the server that this caller is narrowed to, or none is named. Fails with
   * {@link McpException} in the same words where there is none and where it is not for this caller.
   */
  public Future<Void> reach(Caller caller) {
    var server = caller.reach().server();
    return server == null
        ? EVERYWHERE
        : of(caller).compose(window -> switch (window.place()) {
          case THERE -> EVERYWHERE;
          case NOWHERE -> Future.failedFuture(McpException.unknownServer(server));
          case UNTOLD -> Future.failedFuture(McpException.unavailable(UNTOLD, RETRY_SECONDS));
        });
  }

  private boolean isOver(Kept kept) {
    return kept.until != Long.MAX_VALUE && clock.millis() >= kept.until;
  }

  /**
   * What a provider has for its callers is another.
   *
   * @param account whose callers, or null where it may be everyone's
   */
  public void provisionChanged(String provider, String account) {
    provisions.forget(provider, account);
    accountChanged(account);
  }

  private Future<Window> make(Caller caller) {
    var kept = new Kept();
    windows.put(caller, kept);
    kept.future = build(caller)
        .onSuccess(window -> keep(caller, kept, window))
        .onFailure(failure -> windows.asMap().remove(caller, kept));
    return kept.future;
  }

  /** Names of servers that somebody makes up take no room. */
  private void keep(Caller caller, Kept kept, Window window) {
    kept.until = window.until();
    if (window.place() == Window.Place.NOWHERE) {
      windows.asMap().remove(caller, kept);
    }
  }

  private Future<Window> build(Caller caller) {
    var narrowed = caller.reach().server() != null;
    var asked = catalog.perCaller().stream()
        .filter(provider -> provider.servers() || !narrowed)
        .map(provider -> provisions.of(provider, caller))
        .toList();
    var read = read(caller.account());
    return Future.join(asked)
        .compose(known -> read)
        .map(account -> through(caller, asked.stream().map(Future::result).toList(), account));
  }

  private Window through(Caller caller, List<Provisions.Known> known, Sieve.Read account) {
    var until = account.now() == null ? clock.millis() + UNREAD_MILLIS : Long.MAX_VALUE;
    for (var one : known) {
      until = Math.min(until, one.until());
    }
    var seen = sieve.of(caller, known, account);
    return new Window(seen, account.now(), until, place(caller, known));
  }

  private static Window.Place place(Caller caller, List<Provisions.Known> known) {
    if (caller.reach().server() == null || known.stream().anyMatch(one -> one.provided() != null)) {
      return Window.Place.THERE;
    }
    return !known.isEmpty() && known.stream().allMatch(Provisions.Known::noServer)
        ? Window.Place.NOWHERE
        : Window.Place.UNTOLD;
  }

  private Future<Sieve.Read> read(String id) {
    return here(Future.succeededFuture(id).compose(accounts::of))
        .onSuccess(account -> lastRead.put(id, account))
        .onFailure(failure -> unread(failure))
        .map(account -> new Sieve.Read(account, account))
        .otherwise(failure -> new Sieve.Read(null, lastRead.getIfPresent(id)));
  }

  /** The same, told on this verticle's thread. */
  private <T> Future<T> here(Future<T> answer) {
    if (answer.isComplete()) {
      return answer;
    }
    var promise = Promise.<T>promise();
    answer.onComplete(done -> context.runOnContext(now -> promise.handle(done)));
    return promise.future();
  }

  private void unread(Throwable failure) {
    registry.counter("mcp.accounts.unread").increment();
    LOG.atWarn().setCause(failure).log("An account cannot be read: what depends on it is hidden");
  }

  private void catalogChanged() {
    sieve.renew();
    discard(anyone -> true);
  }

  private void accountChanged(String account) {
    discard(caller -> account == null || account.equals(caller.account()));
  }

  private void discard(Predicate<Caller> whose) {
    windows.asMap().keySet().removeIf(whose);
    onChange.accept(whose);
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
  }
}
