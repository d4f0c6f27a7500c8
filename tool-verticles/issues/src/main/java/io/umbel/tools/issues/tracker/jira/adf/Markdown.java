package io.umbel.tools.issues.tracker.jira.adf;

import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.renderer.markdown.MarkdownRenderer;

/** Reads and writes Markdown: CommonMark with GitHub's tables and strike-through. */
final class Markdown {

  /** Lists, items and quotes that may be open in each other. */
  static final int DEPTH = 40;

  /** What may open or close a mark in one paragraph; what comes after is taken as it stands. */
  private static final int DELIMITERS = 1_000;

  private static final List<Extension> EXTENSIONS = List.of(
      TablesExtension.create(),
      StrikethroughExtension.builder().requireTwoTildes(true).build());
  private static final Parser PARSER = Parser.builder()
      .extensions(EXTENSIONS)
      .includeSourceSpans(IncludeSourceSpans.BLOCKS)
      .maxOpenBlockParsers(DEPTH)
      .customInlineContentParserFactory(new Patience())
      .build();
  private static final MarkdownRenderer RENDERER =
      MarkdownRenderer.builder().extensions(EXTENSIONS).build();

  private Markdown() {}

  static Node parse(String markdown) {
    return PARSER.parse(markdown);
  }

  static String render(Node document) {
    return RENDERER.render(document);
  }

  /** Markdown that is written as it is. */
  static Node raw(String markdown) {
    var raw = new HtmlInline();
    raw.setLiteral(markdown);
    return raw;
  }

  /** All text below a node, however deep. */
  static String text(Node node) {
    var text = new StringBuilder();
    var at = node.getFirstChild();
    while (at != null) {
      text.append(Inlines.literal(at));
      at = following(at, node);
    }
    return text.toString();
  }

  private static Node following(Node node, Node top) {
    if (node.getFirstChild() != null) {
      return node.getFirstChild();
    }
    var at = node;
    while (at != top && at.getNext() == null) {
      at = at.getParent();
    }
    return at == top ? null : at.getNext();
  }

  /**
   * Takes all delimiters of a paragraph after the first thousand for text: no deeper do marks nest,
   * and no more often is it looked for the end of a tag.
   */
  private static final class Patience implements InlineContentParserFactory {
    @Override
    public Set<Character> getTriggerCharacters() {
      return Set.of('*', '_', '~', '[', '!', '<');
    }

    @Override
    public InlineContentParser create() {
      return new InlineContentParser() {
        private int seen;

        @Override
        public ParsedInline tryParse(InlineParserState state) {
          if (++seen <= DELIMITERS) {
            return ParsedInline.none();
          }
          var scanner = state.scanner();
          var character = scanner.peek();
          scanner.next();
          return ParsedInline.of(new Text(String.valueOf(character)), scanner.position());
        }
      };
    }
  }
}
