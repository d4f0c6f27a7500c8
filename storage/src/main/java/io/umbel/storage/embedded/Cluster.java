package io.umbel.storage.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.StorageRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * The data of one server and the password to it, which only their owner can read: made once, as a
 * whole or not at all.
 */
final class Cluster {

  static final String USER = "umbel";
  static final String DATABASE = "umbel";

  private static final Duration TO_MAKE = Duration.ofMinutes(2);
  private static final int PASSWORD_BYTES = 24;

  private final Path directory;
  private final Path home;
  private final Binaries binaries;
  private final Commands commands;

  Cluster(Path directory, Binaries binaries, Commands commands) {
    this.directory = directory;
    this.home = directory.resolve("cluster");
    this.binaries = binaries;
    this.commands = commands;
  }

  /** Where the server's data is. */
  Path data() {
    return home.resolve("data");
  }

  /** Where a server on that port is. */
  DatabaseUrl url(int port) throws IOException {
    var password = Files.readString(password(home)).strip();
    return new DatabaseUrl("127.0.0.1", port, DATABASE, USER, password);
  }

  /**
   * Sees to it that there is one that this server can use.
   *
   * @throws StorageRefusal if what is there is of another PostgreSQL
   */
  void make() throws IOException {
    if (!Files.exists(home)) {
      create();
    }
    var version = data().resolve("PG_VERSION");
    if (!Files.exists(version) || !Files.exists(password(home))) {
      throw StorageRefusal.unusableDirectory(home, "it is there, but is no database of Umbel's");
    }
    var major = Files.readString(version).strip();
    if (!major.equals(Platform.major())) {
      throw StorageRefusal.otherMajor(data(), major, Platform.major());
    }
  }

  private void create() throws IOException {
    var draft = directory.resolve("creating");
    Trees.delete(draft);
    Files.createDirectory(draft, asFileAttribute(fromString("rwx------")));
    var password = Files.createFile(password(draft), asFileAttribute(fromString("rw-------")));
    Files.writeString(password, newPassword() + "\n");
    var data = draft.resolve("data");
    succeed(initdb(data, password), "");
    succeed(
        List.of(
            binaries.program("postgres").toString(), "--single", "-D", data.toString(), "postgres"),
        "CREATE DATABASE " + DATABASE + "\n");
    Files.move(draft, home, ATOMIC_MOVE);
  }

  /** The same sorting of texts on every machine, whatever its libraries are. */
  private List<String> initdb(Path data, Path password) {
    return List.of(
        binaries.program("initdb").toString(),
        "--pgdata=" + data,
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions");
  }

  private void succeed(List<String> command, String stdin) throws IOException {
    var ended = commands.run(command, stdin, TO_MAKE);
    if (ended.status() != 0) {
      throw StorageRefusal.unusableDirectory(directory, ended.lastWords());
    }
  }

  private static Path password(Path home) {
    return home.resolve("password");
  }

  private static String newPassword() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
