package io.umbel;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How large a thing may be and what it may not be called, read from the sources of every module.
 * Lines are counted from the first of the declaration, without the Javadoc above it, to its closing
 * brace.
 */
class SmallAndWellNamedTest {

  private static final int LINES_OF_A_CLASS = 250;
  private static final int LINES_OF_A_METHOD = 40;
  private static final int CONSTRUCTOR_PARAMETERS = 6;
  private static final Set<String> SAYS_NOTHING = Set.of(
      "Manager",
      "Helper",
      "Util",
      "Utils",
      "Impl",
      "Base",
      "Abstract",
      "Common",
      "Data",
      "Info",
      "Processor");

  private static final List<Source> MAIN = new ArrayList<>();
  private static final List<Source> TEST = new ArrayList<>();

  private record Source(Path file, CompilationUnit tree) {
    String at(Node node, String what) {
      return file + ":" + node.getRange().orElseThrow().begin.line + " " + what;
    }
  }

  @BeforeAll
  static void readTheHouse() throws IOException {
    var house = house();
    try (var places = Files.walk(house, 2)) {
      for (var module : places.filter(SmallAndWellNamedTest::isModule).toList()) {
        read(house, module.resolve("src/main/java"), MAIN);
        read(house, module.resolve("src/test/java"), TEST);
      }
    }
    assertThat(MAIN).as("sources in " + house).isNotEmpty();
  }

  @Test
  void noClassIsLongerThan250Lines() {
    var tooLong = new ArrayList<String>();
    for (var source : MAIN) {
      for (var type : types(source)) {
        if (lines(type) > LINES_OF_A_CLASS) {
          tooLong.add(source.at(type, type.getName() + " has " + lines(type) + " lines"));
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void noMethodIsLongerThan40Lines() {
    var tooLong = new ArrayList<String>();
    for (var source : MAIN) {
      for (var node : source.tree().findAll(Node.class, SmallAndWellNamedTest::isMethod)) {
        if (lines(node) > LINES_OF_A_METHOD) {
          tooLong.add(source.at(node, "a method of " + lines(node) + " lines"));
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void noConstructorTakesMoreThanSixParameters() {
    var tooMany = new ArrayList<String>();
    for (var source : MAIN) {
      for (var made : source.tree().findAll(ConstructorDeclaration.class)) {
        if (made.getParameters().size() > CONSTRUCTOR_PARAMETERS) {
          tooMany.add(source.at(made, made.getNameAsString()));
        }
      }
      for (var made : source.tree().findAll(RecordDeclaration.class)) {
        if (made.getParameters().size() > CONSTRUCTOR_PARAMETERS) {
          tooMany.add(source.at(made, made.getNameAsString()));
        }
      }
    }
    assertThat(tooMany).isEmpty();
  }

  @Test
  void everyTypeNameSaysWhatTheThingIs() {
    var empty = new ArrayList<String>();
    for (var source : Stream.concat(MAIN.stream(), TEST.stream()).toList()) {
      for (var type : types(source)) {
        if (words(type.getNameAsString()).anyMatch(SAYS_NOTHING::contains)) {
          empty.add(source.at(type, type.getNameAsString()));
        }
      }
    }
    assertThat(empty).isEmpty();
  }

  private static Path house() {
    var place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("tool-contract"))) {
      place = place.getParent();
    }
    return place;
  }

  private static boolean isModule(Path place) {
    return Files.exists(place.resolve("pom.xml"));
  }

  private static void read(Path house, Path sources, List<Source> into) throws IOException {
    if (!Files.exists(sources)) {
      return;
    }
    try (var files = Files.walk(sources)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> new Source(house.relativize(file), parse(file)))
          .forEach(into::add);
    }
  }

  private static CompilationUnit parse(Path file) {
    var java17 = new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17);
    try {
      var parsed = new JavaParser(java17).parse(file);
      assertThat(parsed.getProblems()).as("problems in " + file).isEmpty();
      return parsed.getResult().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<TypeDeclaration<?>> types(Source source) {
    var types = new ArrayList<TypeDeclaration<?>>();
    source.tree().walk(node -> {
      if (node instanceof TypeDeclaration<?> type) {
        types.add(type);
      }
    });
    return types;
  }

  private static boolean isMethod(Node node) {
    return node instanceof CallableDeclaration<?>
        || node instanceof CompactConstructorDeclaration
        || node instanceof InitializerDeclaration;
  }

  private static int lines(Node node) {
    var range = node.getRange().orElseThrow();
    return range.end.line - range.begin.line + 1;
  }

  /** The words of a camel-case name: JsonDataURL is Json, Data, URL. */
  private static Stream<String> words(String name) {
    return Stream.of(name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1));
  }
}
