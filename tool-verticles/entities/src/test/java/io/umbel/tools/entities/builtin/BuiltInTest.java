package io.umbel.tools.entities.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.ToolFailure;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntitiesRefusal;
import io.umbel.tools.entities.settings.EntitySettings;
import io.umbel.tools.entities.settings.EntityType;
import io.umbel.tools.entities.settings.Field;
import io.umbel.tools.entities.settings.Fuzziness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BuiltInTest {

  private static final EntityType USER =
      new EntityType("user", 10, 100, List.of(new Field("name", 1, Fuzziness.AUTO, 0)));
  private static final EntityType VENDOR =
      new EntityType("vendor", 10, 100, List.of(new Field("name", 1, Fuzziness.AUTO, 0)));

  @TempDir
  Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final List<BuiltIn> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(builtIn -> builtIn.close().await());
    vertx.close().await();
  }

  /** Accounts whose ids differ in capitals, signs and ends, each with words that all have. */
  @Test
  void noAccountEverFindsAnothersEntities() {
    var random = new Random(11);
    var accounts = List.of(
        "acme",
        "Acme",
        "acme ",
        "acme_user",
        "a/b",
        "a%2Fb",
        "..",
        ".",
        "é",
        "e\u0301",
        "a+b",
        "a b");
    var own = new HashMap<String, Integer>();
    for (var account : accounts) {
      own.put(account, 1 + random.nextInt(30));
      var rows = new StringBuilder("id,name\n");
      IntStream.range(0, own.get(account))
          .forEach(i -> rows.append(i + "@" + account.hashCode() + ",common word " + i + "\n"));
      write(account, "user.csv", rows.toString());
    }
    var builtIn = open();
    for (var i = 0; i < 300; i++) {
      var account = accounts.get(random.nextInt(accounts.size()));
      var query = List.of("common", "word", "comon wrd", "5").get(random.nextInt(4));
      var found = find(builtIn, account, USER, query);
      assertThat(found.hits())
          .allSatisfy(hit -> assertThat(hit.id()).endsWith("@" + account.hashCode()));
      assertThat(found.total())
          .isEqualTo(query.equals("5") ? (own.get(account) > 5 ? 1 : 0) : own.get(account));
    }
    for (var stranger : List.of("ACME", "acme/", "../acme", "a", "", "user", "acme/user.csv")) {
      assertThatThrownBy(() -> find(builtIn, stranger, USER, "common"))
          .isInstanceOf(ToolFailure.class)
          .hasMessage("No data available for entity type user");
    }
  }

  @Test
  void readsAFileAgainThatHasChangedAndForgetsOneThatIsGone() throws IOException {
    write("acme", "user.csv", "id,name\n1,Ann\n");
    write("acme", "vendor.csv", "id,name\n1,Ann\n");
    var builtIn = open();
    write("acme", "user.csv", "id,name\n1,Ann\n2,Ann Other\n");
    await(() -> find(builtIn, "acme", USER, "ann").total() == 2);
    Files.delete(directory.resolve("acme/vendor.csv"));
    await(() -> !has(builtIn, "acme", VENDOR));
    write("new", "user.json", "[{\"id\": 1, \"name\": \"Ann\"}]");
    await(() -> has(builtIn, "new", USER));
  }

  @Test
  void aFileThatIsBrokenLaterLeavesWhatIsThere() {
    write("acme", "user.csv", "id,name\n1,Ann\n");
    var builtIn = open();
    write("acme", "user.csv", "no column of ids\n");
    write("acme", "vendor.csv", "id,name\n1,Ann\n");
    await(() -> has(builtIn, "acme", VENDOR));
    assertThat(find(builtIn, "acme", USER, "ann").total()).isEqualTo(1);
    write("acme", "user.csv", "id,name\n1,Ann\n2,Ann\n");
    await(() -> find(builtIn, "acme", USER, "ann").total() == 2);
  }

  @Test
  void doesNotStartWithWhatCannotBeMeant() throws IOException {
    write("acme", "users.csv", "id,name\n");
    refuses("users.csv: there is no type of entity users; there are ");
    Files.delete(directory.resolve("acme/users.csv"));
    write("acme", "user.csv", "name\n");
    refuses("user.csv, line 1: expected names of columns, each once, and one of them id");
    write("acme", "user.csv", "id\n");
    write("acme", "user.json", "[]");
    refuses("another file has entities of this type too");
    Files.delete(directory.resolve("acme/user.json"));
    Files.createDirectory(directory.resolve("%61cme"));
    refuses("another directory is for this account too");
    Files.delete(directory.resolve("%61cme"));
    Files.createDirectory(directory.resolve("%zz"));
    refuses("%zz: after % two hexadecimal digits have to follow");
  }

  @Test
  void doesNotStartWithoutItsDirectory() throws IOException {
    Files.delete(directory);
    refuses(directory + ": cannot be read");
    Files.createDirectory(directory);
  }

  @Test
  void answersManyAtOnceWhileFilesAreReadAgain() {
    write("acme", "user.csv", "id,name\n1,Ann\n");
    var builtIn = open();
    for (var round = 2; round < 8; round++) {
      write("acme", "user.csv", "id,name\n1,Ann\n" + "2," + "Other".repeat(round));
      var asked = IntStream.range(0, 200)
          .mapToObj(i -> builtIn.find("acme", USER, wanted("ann")))
          .toList();
      Future.all(asked).await();
      assertThat(asked).allSatisfy(found -> assertThat(found.result().total()).isEqualTo(1));
    }
  }

  private void refuses(String expected) {
    assertThatThrownBy(() -> builtIn().open().await())
        .isInstanceOf(EntitiesRefusal.class)
        .hasMessageContaining(expected);
  }

  private BuiltIn open() {
    var builtIn = builtIn();
    builtIn.open().await();
    return builtIn;
  }

  private BuiltIn builtIn() {
    var files = new EntitySettings.Files(directory, Duration.ofMillis(20));
    opened.add(new BuiltIn(vertx, files, Map.of("user", USER, "vendor", VENDOR)));
    return opened.get(opened.size() - 1);
  }

  private static boolean has(BuiltIn builtIn, String account, EntityType type) {
    return builtIn.find(account, type, wanted("ann")).map(true).otherwise(false).await();
  }

  private static Wanted wanted(String query) {
    return new Wanted(query, 0, 100, null, null);
  }

  private static Found find(BuiltIn builtIn, String account, EntityType type, String query) {
    return builtIn.find(account, type, wanted(query)).await();
  }

  /** As an operator should: all at once. */
  private void write(String account, String name, String text) {
    try {
      var encoded = URLEncoder.encode(account, StandardCharsets.UTF_8)
          .replace("+", "%20")
          .replace(".", "%2E");
      var to = Files.createDirectories(directory.resolve(encoded)).resolve(name);
      var part = Files.writeString(to.resolveSibling(".part"), text);
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      vertx.timer(10, TimeUnit.MILLISECONDS).await();
    }
  }
}
