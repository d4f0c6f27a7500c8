package io.umbel.tools.compliance.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinksTest {

  @Test
  void findsWhereATextLeads() {
    assertThat(Links.in("See https://a.example/x?y=1#z, (http://B.example/) and <ssh://c>."))
        .containsExactly("https://a.example/x?y=1#z", "http://b.example/", "ssh://c");
    assertThat(Links.in("![](https://img.example/a.png) [x](https://d.example)"))
        .containsExactly("https://img.example/a.png", "https://d.example");
    assertThat(Links.in("://a HTTPS://E.example **http://f.example**"))
        .containsExactly("://a", "https://e.example", "http://f.example");
    assertThat(Links.in("no link: a//b, c:d")).isEmpty();
    assertThat(Links.in("http://a://b")).containsExactly("http://a://b");
  }

  @Test
  void readsALongTextOnce() {
    for (var piece : new String[] {"://", "a", "a://", "http://x ", "://."}) {
      assertThat(Links.in(piece.repeat(100_000))).isNotNull();
    }
  }
}
