package io.umbel.tools.entities.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexNameTest {

  @ParameterizedTest
  @CsvSource({
    "acme, acme_user",
    "Acme_1, ~41cme~5f1_user",
    "-a-b, ~2da-b_user",
    "a/b, a~2fb_user",
    "a*, a~2a_user",
    "_all, ~5fall_user",
    "é, ~c3~a9_user",
    "7f0b2c1e-0d4a-4b6e-9c55-0a1b2c3d4e5f, 7f0b2c1e-0d4a-4b6e-9c55-0a1b2c3d4e5f_user"
  })
  void saysTheAccountThenTheType(String account, String name) {
    assertThat(IndexName.of(account, "user")).isEqualTo(name);
  }

  @Test
  void noTwoAccountsOrTypesEverShareAnIndex() {
    var random = new Random(3);
    var owners = new HashMap<String, String>();
    for (var i = 0; i < 200_000; i++) {
      var account = account(random);
      var type = random.nextBoolean() ? "user" : "b_user";
      var name = IndexName.of(account, type);
      var before = owners.put(name, account + "\n" + type);
      assertThat(before).as(name).isIn(null, account + "\n" + type);
      assertThat(name).matches("[a-z0-9~][a-z0-9~-]*_[a-z_]+");
      assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
    }
  }

  /** Of few signs, so that likenesses are many; some are too long for a name. */
  private static String account(Random random) {
    var signs = "aAbB_-~25fh.é*/";
    var account = new StringBuilder(random.nextInt(50) == 0 ? "x".repeat(198) : "");
    for (var i = random.nextInt(6); i >= 0; i--) {
      account.append(signs.charAt(random.nextInt(signs.length())));
    }
    return account.toString();
  }
}
