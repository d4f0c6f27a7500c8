package io.umbel.contract;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus.Header;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A family whose tools, prompts and resources depend on the caller: say what a caller has, and this
 * tells the gateways that ask, and holds each call against the caller's own schema. What
 * {@link #tools} names is everyone's, as in any family.
 *
 * <pre>{@code
 * public final class FormsTools extends TailoredToolVerticle {
 *   @Override
 *   protected Future<Provision> provide(Caller caller) {
 *     return forms.of(caller.account()).map(this::tools).map(Provision::of);
 *   }
 * }
 * }</pre>
 */
public abstract class TailoredToolVerticle extends ToolVerticle {

  private static final int MOST_CALLERS = 10_000;

  private final Cache<Caller, Own> kept =
      Caffeine.newBuilder().maximumSize(MOST_CALLERS).executor(Runnable::run).build();
  private final Map<Caller, Future<Own>> asking = new HashMap<>();
  private SignedMessage signed;
  private long changes;

  /** What one caller has, ready to answer, and until when. */
  private record Own(ReadyOffers ready, Provided provided, long until) {}

  /**
   * What this caller has beside what everyone has; {@link Provision#nothing} for nothing. Asked
   * when somebody needs to know and nothing is kept, so it may take a moment, two seconds at most.
   * Where it fails, the caller sees what everyone sees.
   */
  protected abstract Future<Provision> provide(Caller caller);

  /**
   * The words of the providers on which it depends what a caller has of this one: where they say
   * that theirs has changed, so has this. No two may follow each other.
   */
  protected List<String> follows() {
    return List.of();
  }

  /** What everyone has: usually nothing. */
  @Override
  protected List<Tool> tools() {
    return List.of();
  }

  /**
   * Tells every gateway and instance to ask again: what was provided is another now.
   *
   * @param account for whom, or null where it may be everyone
   */
  protected final void provisionChanged(String account) {
    forget(account);
    tellProvisionChanged(account);
  }

  @Override
  protected final Traits traits() {
    return new Traits(true, false);
  }

  @Override
  protected Future<?> prepare() {
    signed = new SignedMessage(Node.of(vertx));
    MessageConsumer<Buffer> changed = vertx.eventBus().consumer(Bus.CHANGED, this::hear);
    return super.prepare().compose(ready -> changed.completion());
  }

  @Override
  protected final Future<Provided> provided(Caller caller) {
    return ask(caller).map(own -> own.provided());
  }

  /** What everyone has goes first; a caller's own thing cannot take its place. */
  @Override
  final Future<ReadyOffers> readyFor(Call call) {
    return everyones().has(call.target())
        ? Future.succeededFuture(everyones())
        : ownOf(call.caller()).map(Own::ready);
  }

  /** The gateway may have asked another instance, so this one may have to ask for itself. */
  private Future<Own> ownOf(Caller caller) {
    var own = kept.getIfPresent(caller);
    if (own != null && now() < own.until()) {
      return Future.succeededFuture(own);
    }
    var asked = asking.get(caller);
    return asked == null ? ask(caller) : asked;
  }

  private Future<Own> ask(Caller caller) {
    var before = changes;
    var asked = Future.succeededFuture(caller).compose(this::provide).map(this::own);
    if (!asked.isComplete()) {
      asking.put(caller, asked);
    }
    return asked
        .onComplete(done -> asking.remove(caller, asked))
        .onSuccess(own -> keep(caller, own, before));
  }

  private Own own(Provision provision) {
    var ready = ReadyOffers.of(provision);
    var provided = new Provided(ready.offers(), provision.keepFor(), provision.orElseFor());
    var lifetime = provided.keepFor().plus(provided.orElseFor());
    return new Own(ready, provided, now() + lifetime.toMillis());
  }

  /** What was asked for before a change may be of before it too. */
  private void keep(Caller caller, Own own, long before) {
    if (before == changes) {
      kept.put(caller, own);
    }
  }

  private long now() {
    return Node.of(vertx).clock().millis();
  }

  private void forget(String account) {
    changes++;
    kept.asMap().keySet().removeIf(caller -> account == null || caller.account().equals(account));
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message) || isOwn(message)) {
      return;
    }
    try {
      var what = message.body().toJsonObject();
      if ("provision".equals(what.getString("kind"))) {
        hear(what.getString("provider"), what.getString("account"));
      }
    } catch (DecodeException | ClassCastException e) {
      // Not a change that means anything here.
    }
  }

  private void hear(String provider, String account) {
    if (name().equals(provider)) {
      forget(account);
    } else if (follows().contains(provider)) {
      provisionChanged(account);
    }
  }

  @Override
  final void neighbourTurned(String provider) {
    if (follows().contains(provider)) {
      provisionChanged(null);
    }
  }

  private boolean isOwn(Message<Buffer> message) {
    return instance().id().equals(message.headers().get(Header.INSTANCE));
  }
}
