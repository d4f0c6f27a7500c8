package io.umbel.tools.issues.tracker.jira.adf;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write comes to Jira as they meant it, and back. */
class AdfTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "One line.",
        "Two\nlines of a paragraph.\n\nAnd another one.",
        "# A\n\n## B\n\n###### F",
        "- one\n- two\n  - inner\n  - inner two\n- three",
        "3. three\n4. four",
        "- one\n\n  more of one\n- two",
        "- [ ] open\n- [x] done\n  - [ ] within",
        "- [x] **done** with it",
        "```java\nint a = 1;\n\nint b = 2;\n```",
        "````\n```\ncode\n```\n````",
        "**strong** *em* `code` ~~gone~~ [a link](https://example.org/a?b=c)",
        "***both*** and **strong *with em* in it**",
        "`code with ` one`",
        "[`code`](https://example.org)",
        "> quoted\n> on two lines\n> \n> - and a list",
        "> [!WARNING]\n> Mind the gap.\n> \n> Really.",
        "| Name | What |\n|---|---|\n|a|b|\n|`c\\|d`|**e**|",
        "Above\n\n---\n\nbelow",
        "Hello [@Ann Bell](accountid:5b10ac8d82e05b22cc7d4ef5), look.",
        "<https://example.org/a_b>",
        "\\*not em\\* 1\\. \\# \\[ \\]",
        "\\[x\\] is no box",
        "1\\. is no list",
        "a &lt;b&gt; &amp; c"
      })
  void survivesTheWayThereAndBack(String markdown) {
    var document = Adf.of(markdown);
    var back = Adf.toMarkdown(document);
    assertThat(Adf.of(back)).as(back).isEqualTo(document);
    assertThat(Adf.toMarkdown(Adf.of(back))).isEqualTo(back);
    SchemaOfJira.check(document);
  }

  @Test
  void writesWhatItReadAsItWasWritten() {
    var text = """
        ## Steps

        Open the page
        and look at **the *second* row**.

        1. Press `Save`
        2. Wait

        - [x] seen by [@Ann](accountid:abc-1)
        - [ ] fixed

        > [!NOTE]
        > Only on Mondays.

        ```sh
        ls -l
        ```""";
    assertThat(Adf.toMarkdown(Adf.of(text))).isEqualTo(text);
  }

  @Test
  void makesTheNodesThatJiraKnows() {
    assertThat(Adf.of("Hello **you**\nthere")).isEqualTo(new JsonObject("""
            {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [
              {"type": "text", "text": "Hello "},
              {"type": "text", "text": "you", "marks": [{"type": "strong"}]},
              {"type": "hardBreak"},
              {"type": "text", "text": "there"}]}]}
            """));
    assertThat(Adf.of("- [x] done").getJsonArray("content")).isEqualTo(new JsonArray("""
            [{"type": "taskList", "attrs": {"localId": "task-2"}, "content": [
              {"type": "taskItem", "attrs": {"localId": "task-1", "state": "DONE"}, "content": [
                {"type": "text", "text": "done"}]}]}]
            """));
    assertThat(Adf.of("").getJsonArray("content")).isEmpty();
  }

  @Test
  void whatHasNoPlaceSomewhereBecomesTheNextBest() {
    var document = Adf.of("""
        - # Heading in a list

          > quote

          | a | b |
          |---|---|
          | 1 | 2 |

          ---
        - > only a quote
        -
        > # Heading in a quote
        > > deeper

        <b>html</b>

        ![a picture](https://example.org/p.png) ![](https://example.org/q.png)
        """);
    SchemaOfJira.check(document);
    assertThat(Adf.toMarkdown(document))
        .contains(
            "**Heading in a list**",
            "a \\| b",
            "1 \\| 2",
            "**Heading in a quote**",
            "deeper",
            "\\<b\\>html",
            "[a picture](https://example.org/p.png)",
            "<https://example.org/q.png>");
  }

  @Test
  void goesNowhereThatABrowserWouldRun() {
    for (var url :
        new String[] {"javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x"}) {
      var written = Adf.of("[click](" + url + ")").encode();
      assertThat(written).contains("click").doesNotContain("href");
      var read = Adf.toMarkdown(new JsonObject("""
          {"type": "doc", "content": [{"type": "paragraph", "content": [
            {"type": "text", "text": "click", "marks": [{"type": "link", "attrs": {"href": "%s"}}]},
            {"type": "inlineCard", "attrs": {"url": "%s"}}]}]}
          """.formatted(url, url)));
      assertThat(read).startsWith("click").doesNotContain("](").doesNotContain("<");
    }
  }

  static Stream<String[]> nodes() {
    return Stream.of(
        new String[] {
          "{'type':'panel','attrs':{'panelType':'error'},'content':[%s]}", "> [!CAUTION]\n> hi"
        },
        new String[] {"{'type':'expand','attrs':{'title':'More'},'content':[%s]}", "More\n\nhi"},
        new String[] {
          "{'type':'layoutSection','content':[{'type':'layoutColumn','content':[%s]}]}", "hi"
        },
        new String[] {
          "{'type':'decisionList','content':[{'type':'decisionItem','content':[{'type':'text','text':'hi'}]}]}",
          "- hi"
        },
        new String[] {"{'type':'futureBlock','content':[%s]}", "hi"},
        new String[] {"{'type':'futureBlock','attrs':{'text':'hi'}}", "hi"},
        new String[] {
          "{'type':'paragraph','content':[{'type':'status','attrs':{'text':'BUSY'}},{'type':'text','text':' '},{'type':'emoji','attrs':{'shortName':':x:','text':'X'}}]}",
          "BUSY X"
        },
        new String[] {
          "{'type':'paragraph','content':[{'type':'date','attrs':{'timestamp':'1582152559000'}}]}",
          "2020-02-19"
        },
        new String[] {
          "{'type':'paragraph','content':[{'type':'date','attrs':{'timestamp':'soon'}}]}", "soon"
        },
        new String[] {"{'type':'blockCard','attrs':{'url':'https://x.y/z'}}", "<https://x.y/z>"},
        new String[] {
          "{'type':'mediaSingle','content':[{'type':'media','attrs':{'alt':'chart.png','id':'7'}}]}",
          "chart.png"
        },
        new String[] {
          "{'type':'paragraph','content':[{'type':'futureWord','attrs':{'text':'hi'}}]}", "hi"
        },
        new String[] {"{'type':'extension','attrs':{'extensionKey':'toc'}}", ""},
        new String[] {"{'type':'rule'}", "---"},
        new String[] {"{'type':'text','text':'stray'}", "stray"},
        new String[] {
          "{'type':'paragraph','content':[{'type':'text','text':'bold ','marks':[{'type':'strong'}]},{'type':'text','text':'on','marks':[{'type':'strong'},{'type':'textColor','attrs':{'color':'#ff0000'}}]},{'type':'text','text':'ly'}]}",
          "**bold on**ly"
        },
        new String[] {
          "{'type':'paragraph','content':[{'type':'text','text':'a'},{'type':'text','text':'(b)','marks':[{'type':'strong'}]},{'type':'text','text':'c'}]}",
          "a(b)c"
        },
        new String[] {
          "{'type':'paragraph','content':[{'type':'text','text':' a ','marks':[{'type':'em'}]},{'type':'text','text':'b'}]}",
          "*a* b"
        },
        new String[] {
          "{'type':'paragraph','content':[{'type':'hardBreak'},{'type':'text','text':'a\\nb'},{'type':'hardBreak'},{'type':'hardBreak'}]}",
          "a\nb"
        },
        new String[] {
          "{'type':'heading','attrs':{'level':99},'content':[{'type':'text','text':'a'},{'type':'hardBreak'},{'type':'text','text':'b'}]}",
          "###### a b"
        },
        new String[] {"{'type':'bulletList','content':[%s,7,{'type':'listItem'}]}", "- hi\n-"},
        new String[] {"{'type':'paragraph','content':'nonsense'}", ""},
        new String[] {
          "{'type':7,'content':[{'type':'paragraph','content':[{'type':'text','text':9,'marks':3}]}]}",
          ""
        },
        new String[] {"{'type':'table','content':[]}", ""},
        new String[] {"{'type':'mention','attrs':{'id':'7:x'}}", "[@7:x](accountid:7:x)"});
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void readsWhatOthersWrote(String node, String markdown) {
    var hi = "{'type':'paragraph','content':[{'type':'text','text':'hi'}]}";
    var document = "{'type':'doc','version':1,'content':[" + node.replace("%s", hi) + "]}";
    assertThat(Adf.toMarkdown(new JsonObject(document.replace('\'', '"')))).isEqualTo(markdown);
  }

  @Test
  void twoListsInARowStayTwo() {
    var one =
        "{'type':'bulletList','content':[{'type':'listItem','content':[{'type':'paragraph','content':[{'type':'text','text':'a'}]}]}]}";
    var document = new JsonObject(
        ("{'type':'doc','version':1,'content':[" + one + "," + one + "]}").replace('\'', '"'));
    assertThat(Adf.of(Adf.toMarkdown(document))).isEqualTo(document);
    var other = new JsonObject(document.encode().replace("bulletList", "orderedList"));
    assertThat(Adf.of(Adf.toMarkdown(other)).getJsonArray("content")).hasSize(2);
  }

  @Test
  void readsDocumentsHoweverDeep() {
    for (var type : new String[] {"bulletList", "blockquote", "panel", "table", "futureBlock"}) {
      var node = new JsonObject(
          "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"deep\"}]}");
      for (int i = 0; i < 900; i++) {
        node = JsonObject.of("type", i % 2 == 0 && type.endsWith("List") ? "listItem" : type)
            .put("content", JsonArray.of(node));
      }
      var markdown =
          Adf.toMarkdown(JsonObject.of("type", "doc").put("content", JsonArray.of(node)));
      assertThat(markdown).as(type).contains("deep").hasSizeLessThan(1_000);
      SchemaOfJira.check(Adf.of(markdown));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> ",
        ">",
        "- ",
        "1. ",
        "- > ",
        "*a ",
        "**a ",
        "_a",
        "[",
        "![",
        "[a](",
        "`",
        "``` \n",
        "~~a ",
        "|a",
        "\\",
        "<a ",
        "&#",
        "# ",
        "- [ ] ",
        "*a **b ",
        "\t",
        "a\n===\n",
        "<!--",
        "[a]: b\n",
        "|a|b|\n|-|-|\n",
        "\u0000",
        "\uD800"
      })
  void takesHostileTextsOf100KiBInTime(String piece) {
    var text = piece.repeat(100 * 1024 / piece.length());
    var started = System.nanoTime();
    var document = Adf.of(text);
    var back = Adf.toMarkdown(document);
    SchemaOfJira.check(document);
    Adf.of(back);
    assertThat((System.nanoTime() - started) / 1_000_000).as("milliseconds").isLessThan(5_000);
    assertThat(depth(document)).isLessThan(200);
  }

  @Test
  void takesAnyNestingOfMarksAtItsWord() {
    var half = 20_000;
    var text = "*a ".repeat(half) + "b*".repeat(half);
    SchemaOfJira.check(Adf.of(text));
  }

  @Test
  void whateverIsWrittenIsADocumentThatJiraTakes() {
    var random = new Random(6);
    var pieces = new String[] {
      "*",
      "**",
      "_",
      "`",
      "~~",
      "[",
      "](x)",
      "\n",
      "\n\n",
      "- ",
      "  ",
      "1. ",
      "> ",
      "# ",
      "|",
      "|-|\n",
      "a",
      "b c",
      "```\n",
      "[ ] ",
      "[!NOTE]\n",
      "<",
      ">",
      "!",
      "\\",
      "https://x.y",
      "---\n",
      "    ",
      "\t",
      "&amp;",
      "ä",
      "😀"
    };
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      var document = Adf.of(text.toString());
      SchemaOfJira.check(document);
      var back = Adf.toMarkdown(document);
      var again = Adf.of(back);
      SchemaOfJira.check(again);
      assertThat(words(again)).as("%s%n→ %s", text, back).isEqualTo(words(document));
    }
  }

  /** Its letters, in order. */
  private static String words(JsonObject document) {
    return Json.allText(document).replaceAll("[^\\p{L}]", "");
  }

  private static int depth(JsonObject node) {
    return 1 + Json.content(node).stream().mapToInt(AdfTest::depth).max().orElse(0);
  }
}
