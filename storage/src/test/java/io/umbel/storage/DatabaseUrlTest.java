package io.umbel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @Test
  void readsEveryPart() {
    var url = DatabaseUrl.of(
        "postgresql://ann:se%40cret@db_1.example:6432/shop?sslmode=verify-full&sslrootcert=/etc/ca.pem");
    assertThat(url)
        .isEqualTo(new DatabaseUrl(
            "db_1.example",
            6432,
            "shop",
            "ann",
            "se@cret",
            new Tls(SslMode.VERIFY_FULL, "/etc/ca.pem")));
  }

  @Test
  void whatIsNotSaidIsAsPostgresHasIt() {
    var url = DatabaseUrl.of("postgres://ann@db");
    assertThat(url.port()).isEqualTo(5432);
    assertThat(url.database()).isEqualTo("ann");
    assertThat(url.password()).isEmpty();
    assertThat(url.tls().mode()).isEqualTo(SslMode.PREFER);
  }

  @Test
  void aHostMayBeAnAddressOfVersionSix() {
    var url = DatabaseUrl.of("postgresql://ann:x@[::1]:5433/shop");
    assertThat(url.host()).isEqualTo("::1");
    assertThat(url.place()).isEqualTo("[::1]:5433/shop");
  }

  @Test
  void aPlusInAPasswordIsAPlus() {
    assertThat(DatabaseUrl.of("postgresql://ann:a+b%2Bc@db/x").password()).isEqualTo("a+b+c");
  }

  @Test
  void neverShowsItsPassword() {
    var url = DatabaseUrl.of("postgresql://ann:secret@db/shop?sslmode=require");
    assertThat(url).hasToString("postgresql://ann:***@db:5432/shop?sslmode=require");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db.example",
        "mysql://ann:secret@db/shop",
        "postgresql://db/shop",
        "postgresql://:secret@db/shop",
        "postgresql://ann:se/cret@db/shop",
        "postgresql://ann:se@cret@db/shop",
        "postgresql://ann:secret@db:notaport/shop",
        "postgresql://ann:secret@/shop"
      })
  void refusesWhatIsNoUrlWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> DatabaseUrl.of(text))
        .isInstanceOf(StorageRefusal.class)
        .hasMessage("The database URL cannot be used: it is not of the form"
            + " postgresql://user:password@host:5432/database (write the characters : / ? # @ % of a"
            + " password as %3A %2F %3F %23 %40 %25). Correct umbel.database.url.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://a:secret@db:70000/x | there is no port 70000",
        "postgresql://a:secret%zz@db/x | a % in it is not followed by two hexadecimal digits",
        "postgresql://a:secret@db/x?sslmode=on | sslmode is \"on\": expected disable, allow, prefer,"
            + " require, verify-ca or verify-full",
        "postgresql://a:secret@db/x?ssl=true | its parameter \"ssl\" is not known here: use sslmode"
            + " and sslrootcert"
      })
  void saysWhichPartCannotBeUsed(String text, String why) {
    assertThatThrownBy(() -> DatabaseUrl.of(text))
        .hasMessage("The database URL cannot be used: " + why + ". Correct umbel.database.url.");
  }

  @Test
  void isFoundByWhateverRunsOnTheSameVertx() {
    var vertx = Vertx.vertx();
    try {
      assertThat(DatabaseUrl.find(vertx)).isEmpty();
      assertThatThrownBy(() -> DatabaseUrl.of(vertx))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("This node has no database");
      var url = new DatabaseUrl("db", 5432, "shop", "ann", "secret").installOn(vertx);
      assertThat(DatabaseUrl.of(vertx)).isEqualTo(url);
    } finally {
      vertx.close().await();
    }
  }
}
