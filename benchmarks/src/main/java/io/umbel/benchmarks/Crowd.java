package io.umbel.benchmarks;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Twenty upstream servers, five of them bad, in one process. */
public final class Crowd {

  private static final int SIZE = 20;

  private Crowd() {}

  /** One of them, by the namespace it has and the port it listens on. */
  record Member(String namespace, Manners manners, int port) {}

  /** All of them, the bad ones last, on ports from that one on. */
  static List<Member> from(int port) {
    var bad =
        List.of(Manners.LATE, Manners.HANGING, Manners.GARBAGE, Manners.DYING, Manners.FLOODING);
    var all = new ArrayList<Member>();
    while (all.size() < SIZE) {
      var left = SIZE - all.size();
      var manners = left <= bad.size() ? bad.get(bad.size() - left) : Manners.GOOD;
      var namespace = manners.name().toLowerCase(java.util.Locale.ROOT) + "-" + all.size();
      all.add(new Member(namespace, manners, port + all.size()));
    }
    return all;
  }

  /**
   * Listens until it is killed.
   *
   * @param args the first port
   */
  public static void main(String[] args) {
    var vertx = Vertx.vertx();
    from(Integer.parseInt(args[0])).forEach(one -> one.manners().listen(vertx, one.port()));
  }
}
