package io.umbel.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection: it asks, and judges the answer to what it asked. */
final class Connection implements AutoCloseable {

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Numbered request;
  private final ByteBuffer unsent;
  private final Verdict verdict;
  private final Answer answer = new Answer();
  private long askedAt;

  Connection(Selector selector, InetSocketAddress server, Dialogue dialogue) throws IOException {
    this.channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
    this.request = new Numbered(
        dialogue.request(server.getAddress().getHostAddress() + ":" + server.getPort()));
    this.unsent = ByteBuffer.wrap(request.bytes());
    this.verdict = new Verdict(dialogue);
  }

  /** Asks with that number; the answer to the last request has come. */
  void ask(int number) throws IOException {
    request.set(number);
    verdict.expect(number);
    answer.clear();
    unsent.clear();
    askedAt = System.nanoTime();
    send();
  }

  /** Sends what the socket takes; the rest when it is ready for more. */
  void send() throws IOException {
    channel.write(unsent);
    var wanted = SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /** Whether the answer is there, right or wrong. */
  boolean hear() throws IOException {
    return answer.readFrom(channel);
  }

  /** What is wrong with the answer, or null where it is right. */
  String fault() {
    return verdict.on(answer);
  }

  /** When the request was sent, on the clock of {@link System#nanoTime}. */
  long askedAt() {
    return askedAt;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
