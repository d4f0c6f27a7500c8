package io.umbel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.storage.embedded.EmbeddedPostgres;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTlsTest {

  private static final Path DIRECTORY = Path.of("target", "postgres-with-tls");
  private static final String ENCRYPTED =
      "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  @TempDir
  private static Path keys;

  private static EmbeddedPostgres postgres;
  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start(DIRECTORY);
    var data = DIRECTORY.toAbsolutePath().resolve("cluster/data");
    makeKey("server", data.resolve("server.crt"), data.resolve("server.key"));
    makeKey("stranger", keys.resolve("stranger.crt"), keys.resolve("stranger.key"));
    TestDatabase.execute(postgres.url(), "ALTER SYSTEM SET ssl = on");
    TestDatabase.execute(postgres.url(), "SELECT pg_reload_conf()");
  }

  @AfterAll
  static void stop() {
    postgres.stop();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void encryptsWhereAskedAndWhereItCan() {
    assertThat(isEncrypted(url("127.0.0.1", "?sslmode=require"))).isTrue();
    assertThat(isEncrypted(url("127.0.0.1", ""))).isTrue();
    assertThat(isEncrypted(url("127.0.0.1", "?sslmode=disable"))).isFalse();
  }

  @Test
  void trustsTheAuthorityItWasGiven() {
    var root = DIRECTORY.toAbsolutePath().resolve("cluster/data/server.crt");
    assertThat(isEncrypted(url("localhost", "?sslmode=verify-full&sslrootcert=" + root)))
        .isTrue();
    assertThat(isEncrypted(url("127.0.0.1", "?sslmode=verify-ca&sslrootcert=" + root)))
        .isTrue();
  }

  @Test
  void refusesACertificateOfAnotherAuthority() {
    assertRefused(
        url("localhost", "?sslmode=verify-full&sslrootcert=" + keys.resolve("stranger.crt")));
    assertRefused(url("localhost", "?sslmode=verify-full"));
  }

  @Test
  void refusesACertificateOfAnotherName() {
    var root = DIRECTORY.toAbsolutePath().resolve("cluster/data/server.crt");
    assertRefused(url("127.0.0.1", "?sslmode=verify-full&sslrootcert=" + root));
  }

  @Test
  void refusesAServerThatCannotEncrypt() {
    var plain = TestDatabase.fresh();
    assertRefused(DatabaseUrl.of("postgresql://" + plain.user() + ":" + plain.password() + "@"
        + plain.place() + "?sslmode=require"));
  }

  private boolean isEncrypted(DatabaseUrl url) {
    var database = Database.open(vertx, url, "sample").await();
    return database.pool().query(ENCRYPTED).execute().await().iterator().next().getBoolean(0);
  }

  private void assertRefused(DatabaseUrl url) {
    assertThatThrownBy(() -> Database.open(vertx, url, "sample").await())
        .isInstanceOf(StorageRefusal.class)
        .hasMessageStartingWith(
            "The connection to PostgreSQL at " + url.place() + " cannot be encrypted as asked: ")
        .hasMessageEndingWith(
            "Correct sslmode and sslrootcert in umbel.database.url, or the server's certificate.");
  }

  private static DatabaseUrl url(String host, String query) {
    var url = postgres.url();
    return DatabaseUrl.of("postgresql://" + url.user() + ":" + url.password() + "@" + host + ":"
        + url.port() + "/" + url.database() + query);
  }

  /** A certificate for localhost, which is its own authority, and its key. */
  private static void makeKey(String name, Path certificate, Path key) throws Exception {
    var store = keys.resolve(name + ".p12");
    var made = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-ext",
            "bc=ca:true",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            "changeit")
        .inheritIO()
        .start()
        .waitFor();
    assertThat(made).isZero();
    var keystore = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    writePem(certificate, "CERTIFICATE", keystore.getCertificate(name).getEncoded());
    writePem(key, "PRIVATE KEY", keystore.getKey(name, "changeit".toCharArray()).getEncoded());
  }

  private static void writePem(Path file, String kind, byte[] bytes) throws Exception {
    var body = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
