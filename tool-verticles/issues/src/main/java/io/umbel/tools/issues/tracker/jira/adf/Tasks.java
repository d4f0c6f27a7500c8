package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.commonmark.node.BulletList;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/** Lists of things to do, as in {@code - [x] done}. */
final class Tasks {

  private static final Pattern BOX = Pattern.compile("\\[[ xX]]\\s.*", Pattern.DOTALL);
  private static final Pattern MARK = Pattern.compile("^\\[[ xX]]\\s+");

  private final String source;
  private int count;

  Tasks(String markdown) {
    this.source = markdown;
  }

  /** Whether a block begins with a bracket that nothing escapes. */
  static boolean begins(String source, Node block) {
    var spans = block.getSourceSpans();
    return !spans.isEmpty() && source.startsWith("[", spans.get(0).getInputIndex());
  }

  /** Whether it is a list of nothing but things to do, perhaps with such lists in it. */
  boolean areAll(ListBlock list) {
    if (!(list instanceof BulletList) || list.getFirstChild() == null) {
      return false;
    }
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (!isTask(item)) {
        return false;
      }
    }
    return true;
  }

  JsonObject list(ListBlock list) {
    var content = new JsonArray();
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      var words = item.getFirstChild();
      content.add(task(words));
      if (words.getNext() instanceof ListBlock inner) {
        content.add(list(inner));
      }
    }
    return Json.node("taskList", content).put("attrs", JsonObject.of("localId", nextId()));
  }

  private JsonObject task(Node words) {
    var first = (Text) words.getFirstChild();
    var said = first.getLiteral();
    var isDone = !said.startsWith("[ ]");
    first.setLiteral(MARK.matcher(said).replaceFirst(""));
    return Json.node("taskItem", Inlines.of(words))
        .put("attrs", JsonObject.of("localId", nextId(), "state", isDone ? "DONE" : "TODO"));
  }

  private boolean isTask(Node item) {
    return item.getFirstChild() instanceof Paragraph words
        && words.getFirstChild() instanceof Text text
        && begins(source, words)
        && BOX.matcher(text.getLiteral()).matches()
        && areNoneOrTasks(words.getNext());
  }

  private boolean areNoneOrTasks(Node rest) {
    return rest == null
        || (rest instanceof ListBlock inner && inner.getNext() == null && areAll(inner));
  }

  /** Jira asks for one; the same text has the same ones, so that it is the same document. */
  private String nextId() {
    return "task-" + ++count;
  }
}
