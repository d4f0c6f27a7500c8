package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.gateway.limits.RateSettings.Redis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that speaks TLS only: it is asked nothing before it has proven who it is. */
class RedisTlsTest {

  @TempDir
  private static Path keys;

  private static RunningRedis redis;
  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void start() throws Exception {
    makeKey("server");
    makeKey("stranger");
    redis = RunningRedis.withTls(keys.resolve("server.crt"), keys.resolve("server.key"));
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void asksAServerThatItsAuthorityVouchesFor() {
    assertThat(ping("localhost", keys.resolve("server.crt"))).isEqualTo("PONG");
  }

  @Test
  void refusesAServerThatAnotherAuthorityVouchesFor() {
    assertRefused("localhost", keys.resolve("stranger.crt"));
    assertRefused("localhost", null);
  }

  @Test
  void refusesAServerOfAnotherName() {
    assertRefused("127.0.0.1", keys.resolve("server.crt"));
  }

  private void assertRefused(String host, Path authority) {
    assertThatThrownBy(() -> ping(host, authority)).hasMessageContaining("SSL");
  }

  private String ping(String host, Path authority) {
    var trusted = authority == null ? null : authority.toString();
    var url = "rediss://" + host + ":" + redis.port();
    var connection = new RedisClients(vertx, new Redis(url, trusted, false))
        .create()
        .connect()
        .await();
    return connection.send(Request.cmd(Command.PING)).await().toString();
  }

  /** A certificate for localhost, which is its own authority, and its key. */
  private static void makeKey(String name) throws Exception {
    var store = keys.resolve(name + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var options = "-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost"
        + " -ext bc=ca:true -validity 2 -storetype PKCS12 -storepass changeit -alias " + name;
    var command = new ArrayList<>(List.of(keytool, "-keystore", store.toString()));
    command.addAll(List.of(options.split(" ")));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    var password = "changeit".toCharArray();
    var made = KeyStore.getInstance(store.toFile(), password);
    writePem(name + ".crt", "CERTIFICATE", made.getCertificate(name).getEncoded());
    writePem(name + ".key", "PRIVATE KEY", made.getKey(name, password).getEncoded());
  }

  private static void writePem(String file, String kind, byte[] bytes) throws Exception {
    var body = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        keys.resolve(file),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
