package io.umbel.registry.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus;
import io.umbel.contract.LoneNode;
import io.umbel.contract.SignedMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RendezvousOwnershipTest {

  private static final Instance SELF = registry("self", "node-1");
  private static final Instance B = registry("b", "node-2");
  private static final Instance C = registry("c", "node-3");
  private static final List<UUID> SERVERS =
      LongStream.range(0, 3000).mapToObj(n -> new UUID(n, n * 31)).toList();

  private final LoneNode node = new LoneNode();
  private final SignedMessage signed = new SignedMessage(node.node());
  private final Context context = node.vertx().getOrCreateContext();
  private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private RendezvousOwnership ownership;

  @BeforeEach
  void open() {
    onContext(() -> {
          ownership = new RendezvousOwnership(node.vertx(), SELF);
          ownership.onChange(() -> changes.add("changed"));
          return ownership.open();
        })
        .await();
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void isTheOwnerOfEverythingWhereNobodyElseIs() {
    assertThat(owners().values()).containsOnly(SELF);
    assertThat(ownership.isMine(SERVERS.get(0))).isTrue();
  }

  @Test
  void sharesTheServersEvenly() {
    comes(B);
    comes(C);
    var shares = owners().values().stream()
        .collect(Collectors.groupingBy(Instance::id, Collectors.counting()));
    assertThat(shares).containsOnlyKeys("self", "b", "c");
    assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(850L, 1150L));
  }

  @Test
  void movesOnlyWhatAnInstanceGainsOrHad() {
    comes(B);
    var before = owners();
    comes(C);
    var with = owners();
    with.forEach((server, owner) ->
        assertThat(owner).isIn(before.get(server), C)); // to the new one, or not at all
    leaves(C);
    assertThat(owners()).isEqualTo(before);
  }

  @Test
  void isNotFooledByOthersThanRegistries() {
    publish("announce", new Instance("demo", "d", "node-2", "1"));
    comes(B);
    assertThat(owners().values()).containsOnly(SELF, B);
    assertThat(changes).isEmpty();
  }

  @Test
  void givesWhatItHasToTheOthersAtItsOwnGoodbye() {
    comes(B);
    publish("announce", SELF);
    leaves(SELF);
    assertThat(owners().values()).containsOnly(B);
  }

  @Test
  void keepsEverythingAtItsOwnGoodbyeWhereNobodyElseIs() {
    publish("announce", SELF);
    leaves(SELF);
    assertThat(owners().values()).containsOnly(SELF);
  }

  @Test
  void takesOverFromANodeThatLeftTheCluster() {
    comes(B);
    node.vertx().eventBus().publish(Bus.NODE_LEFT, B.node());
    awaitChange();
    assertThat(owners().values()).containsOnly(SELF);
  }

  @Test
  void takesOverFromAnInstanceThatNobodyReaches() {
    comes(B);
    onContext(() -> {
          ownership.unreachable(B);
          return Future.succeededFuture();
        })
        .await();
    awaitChange();
    assertThat(owners().values()).containsOnly(SELF);
  }

  @Test
  void agreesWithTheOtherInstances() {
    comes(B);
    var mine = owners();
    var theirs = onContext(() -> {
          var other = new RendezvousOwnership(node.vertx(), B);
          var heard = Promise.<RendezvousOwnership>promise();
          other.onChange(() -> heard.complete(other));
          other.open().onSuccess(open -> publish("announce", SELF));
          return heard.future();
        })
        .await();
    SERVERS.forEach(server ->
        assertThat(theirs.ownerOf(server).id()).isEqualTo(mine.get(server).id()));
  }

  private void comes(Instance instance) {
    publish("announce", instance);
    awaitChange();
  }

  private void leaves(Instance instance) {
    publish("goodbye", instance);
    awaitChange();
  }

  private void publish(String op, Instance instance) {
    var body = op.equals("goodbye")
        ? Buffer.buffer()
        : new Announcement(instance, Traits.NONE, Offers.NONE).toBuffer();
    signed.publish(node.vertx(), Bus.ANNOUNCE, op, instance.id(), body);
  }

  private Map<UUID, Instance> owners() {
    return onContext(() -> {
          var owners = new HashMap<UUID, Instance>();
          SERVERS.forEach(server -> owners.put(server, ownership.ownerOf(server)));
          return Future.succeededFuture(owners);
        })
        .await();
  }

  private void awaitChange() {
    try {
      assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> Future<T> onContext(Supplier<Future<T>> action) {
    var promise = Promise.<T>promise();
    context.runOnContext(go -> action.get().onComplete(promise));
    return promise.future();
  }

  private static Instance registry(String id, String node) {
    return new Instance("registry", id, node, "1");
  }
}
