package io.umbel.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers each request with whatever bytes the test says, or closes where it says nothing. */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Function<String, List<String>> script;

  /** @param script from a request's body to the pieces in which the answer is sent; null closes */
  ScriptedServer(Function<String, List<String>> script) throws IOException {
    this.script = script;
    threads.execute(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** An answer with that body. */
  static String answer(int status, String body) {
    var length = body.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 %d Whatever\r\nX-One: 1\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(status, length, body);
  }

  private void accept() {
    try {
      while (true) {
        var socket = listening.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var body = body(socket.getInputStream());
      while (body != null) {
        var pieces = script.apply(body);
        if (pieces == null) {
          return;
        }
        for (var piece : pieces) {
          socket.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
          socket.getOutputStream().flush();
        }
        body = body(socket.getInputStream());
      }
    } catch (IOException e) {
      // the driver has given this connection up
    }
  }

  /** The body of the next request; null where there is none. */
  private static String body(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    var length = head.toString().replaceAll("(?s).*Content-Length: (\\d+)\r\n.*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
