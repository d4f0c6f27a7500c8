package io.umbel.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One HTTP/1.1 answer at a time, read from a connection as its bytes come. It reads what a server
 * sends that answers with JSON: a status line, headers with a {@code Content-Length}, a body.
 */
final class Answer {

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int LARGEST = 4 * 1024 * 1024;

  private byte[] bytes = new byte[8 * 1024];
  private int filled;
  private int bodyStart;
  private int end;

  /** Forgets the last answer. */
  void clear() {
    filled = 0;
    bodyStart = 0;
    end = 0;
  }

  /**
   * Reads what has come.
   *
   * @return whether the answer is complete
   * @throws IOException if the connection is closed, or this is no answer that can be read
   */
  boolean readFrom(ReadableByteChannel channel) throws IOException {
    if (filled == bytes.length) {
      grow();
    }
    var read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
    if (read < 0) {
      throw new EOFException("the connection was closed");
    }
    var from = filled;
    filled += read;
    if (bodyStart == 0) {
      readHead(from);
    }
    return bodyStart > 0 && filled >= end;
  }

  /** Whether more came than one answer: nobody asked for that. */
  boolean hasMore() {
    return filled > end;
  }

  int status() {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
  }

  byte[] bytes() {
    return bytes;
  }

  int bodyStart() {
    return bodyStart;
  }

  int end() {
    return end;
  }

  /** The first of it, for people. */
  String excerpt() {
    var text = new String(bytes, 0, Math.min(filled, 600), StandardCharsets.UTF_8);
    return text.replace("\r\n", " | ");
  }

  private void grow() throws IOException {
    if (bytes.length >= LARGEST) {
      throw new IOException("an answer of more than " + LARGEST + " bytes");
    }
    bytes = Arrays.copyOf(bytes, bytes.length * 4);
  }

  /** Looks for the empty line; the part before {@code from} had none. */
  private void readHead(int from) throws IOException {
    for (var i = Math.max(from, 3); i < filled; i++) {
      if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
        bodyStart = i + 1;
        end = bodyStart + contentLength();
        return;
      }
    }
  }

  private int contentLength() throws IOException {
    for (var i = 0; i < bodyStart - 2; i++) {
      if (bytes[i] == '\n' && isLength(i + 1)) {
        return number(i + 1 + LENGTH.length);
      }
    }
    throw new IOException("an answer without Content-Length: " + excerpt());
  }

  private boolean isLength(int at) {
    for (var i = 0; i < LENGTH.length; i++) {
      var letter = bytes[at + i];
      if (LENGTH[i] != (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter)) {
        return false;
      }
    }
    return true;
  }

  private int number(int at) {
    var value = 0;
    for (var i = at; bytes[i] != '\r'; i++) {
      value = bytes[i] == ' ' ? value : value * 10 + bytes[i] - '0';
    }
    return value;
  }
}
