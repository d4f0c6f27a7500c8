package io.umbel.tools.entities.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntitiesFileTest {

  private static final String BUILTIN = "backend: builtin\nbuiltin: {data: d}\n";
  private static final String SERVER =
      "backend: elasticsearch\nelasticsearch: {url: 'http://h:9200/es/'}\n";

  @TempDir
  Path directory;

  @Test
  void knowsElevenTypesWhereTheFileNamesNone() {
    var settings = read(BUILTIN);
    assertThat(settings.types())
        .containsOnlyKeys(
            "impact",
            "urgency",
            "priority",
            "status",
            "category",
            "source",
            "location",
            "department",
            "usergroup",
            "user",
            "vendor");
    assertThat(settings.place())
        .isEqualTo(new EntitySettings.Files(directory.resolve("d"), Duration.ofSeconds(10)));
    assertThat(settings.types().values())
        .allSatisfy(type ->
            assertThat(List.of(type.defaultLimit(), type.maxLimit())).containsExactly(10, 100));
    assertThat(settings.types().get("location").fields())
        .containsExactly(
            new Field("id", 2.0, Fuzziness.NONE, 0),
            new Field("name", 3.0, Fuzziness.AUTO, 0),
            new Field("description", 1.5, Fuzziness.AUTO, 0),
            new Field("hierarchy", 2.5, Fuzziness.AUTO, 0));
  }

  @Test
  void hasThresholdsOfItsOwnForElasticsearch() {
    var settings = read(SERVER);
    assertThat(settings.place())
        .isEqualTo(new EntitySettings.Server(URI.create("http://h:9200/es"), "id"));
    assertThat(settings.types().get("impact").fields())
        .extracting(Field::minScore)
        .containsOnly(7.0);
    assertThat(settings.types().get("user").fields())
        .containsExactly(
            new Field("id", 2.0, Fuzziness.NONE, 7.0),
            new Field("name", 3.0, Fuzziness.AUTO, 5.0),
            new Field("email", 2.5, Fuzziness.NONE, 10.0),
            new Field("userlogonname", 2.0, Fuzziness.NONE, 8.0),
            new Field("contact", 2.0, Fuzziness.NONE, 7.0),
            new Field("contact2", 2.0, Fuzziness.NONE, 3.0));
  }

  @ParameterizedTest
  @CsvSource({"3,2,1,3", ",2,1,2", ",,1,1", "0,2,1,0", ",0,1,0", ",,,0"})
  void theFieldsThresholdGoesBeforeTheEntitysAndThatBeforeEveryones(
      Double field, Double entity, Double global, double expected) {
    var settings = read(BUILTIN + score("", global) + "entities:\n  city:\n" + score("    ", entity)
        + "    fields:\n      - name: name\n" + score("        ", field));
    var read = settings.types().get("city").fields().get(0);
    assertThat(read.minScore()).isEqualTo(expected);
    assertThat(read.threshold(9.5)).isEqualTo(9.5);
    assertThat(read.threshold(0.0)).isZero();
    assertThat(read.threshold(null)).isEqualTo(expected);
  }

  @Test
  void takesJsonToo() {
    var settings = read(
        "{\"backend\": \"builtin\", \"builtin\": {\"data\": \"/srv/x\", \"reload_seconds\": 60},"
            + "\n\"entities\": {\"cost_center\": {\"max_limit\": 5}}}");
    assertThat(settings.place())
        .isEqualTo(new EntitySettings.Files(Path.of("/srv/x"), Duration.ofMinutes(1)));
    assertThat(settings.types()).containsOnlyKeys("cost_center");
    assertThat(settings.types().get("cost_center").defaultLimit()).isEqualTo(5);
  }

  @Test
  void readsBothExamplesOfTheDocumentation() throws IOException {
    var page = Files.readString(Path.of("../../docs/entities.md"));
    var examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(example -> read(example.group(1)))
        .toList();
    assertThat(examples).hasSize(2);
    assertThat(examples.get(1).types().get("user"))
        .isEqualTo(new EntityType(
            "user",
            10,
            50,
            List.of(
                new Field("name", 3.0, Fuzziness.AUTO, 5.0),
                new Field("email", 2.5, Fuzziness.NONE, 10.0))));
    assertThat(examples.get(1).types().get("cost_center").fields()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|1: expected members, the file is empty",
        "backend: solr|1: expected builtin or elasticsearch",
        "builtin: {data: d}|1: backend is missing",
        "backend: builtin|1: builtin is missing",
        "backend: builtin;builtin: {}|2: data is missing",
        "backend: builtin;builtin: [d]|2: expected members: data, reload_seconds",
        "backend: builtin;builtin:;  data: d;  reload_seconds: 0|4: expected a whole number from 1 to 3600",
        "backend: elasticsearch;elasticsearch: {url: 'http://u:p@h'}|2: expected a URL such as https://search.example.com:9200",
        "backend: builtin;backend: builtin|2: backend is there twice",
        "backend: builtin;builtin: {data: d};entity: {}|3: there is no entity here; expected one of backend, builtin, elasticsearch, min_score, entities",
        "backend: builtin;builtin: {data: d};entities: {}|3: expected 1 to 100 types of entities",
        "backend: builtin;builtin: {data: d};entities:;  User: {}|4: expected a type such as cost_center, in lower case, not User",
        "backend: builtin;builtin: {data: d};entities:;  user: {max_limit: 101}|4: expected a whole number from 1 to 100",
        "backend: builtin;builtin: {data: d};entities:;  user: {max_limit: 5, default_limit: 6}|4: expected a whole number from 1 to 5",
        "backend: builtin;builtin: {data: d};entities:;  user:;    fields: []|5: expected a list of 1 to 20 entries",
        "backend: builtin;builtin: {data: d};entities:;  user:;    fields: [{name: a},{name: a}]|5: the field a is there twice",
        "backend: builtin;builtin: {data: d};entities:;  user:;    fields: [{name: a, boost: 0}]|5: expected a boost above 0; enabled: false switches a field off",
        "backend: builtin;builtin: {data: d};entities:;  user:;    fields: [{name: a, fuzziness: 3}]|5: expected 0, 1, 2 or AUTO",
        "backend: builtin;builtin: {data: d};entities:;  user:;    fields: [{name: a, enabled: no way}]|5: expected true or false",
        "backend: builtin;builtin: {data: d};entities:;  user:;    fields: [{name: a, enabled: false}]|5: no field is enabled: nothing could be found",
        "backend: builtin;builtin: {data: d};min_score: 7|3: expected members: builtin, elasticsearch",
        "backend: builtin;builtin: {data: d};min_score: {builtin: -1}|3: expected a number from 0 to 10000",
        "backend: 'builtin|1: found unexpected end of stream"
      })
  void refusesWhatCannotBeMeantAndNamesTheLine(String text, String expected) {
    assertThatThrownBy(() -> read(text.replace(';', '\n')))
        .isInstanceOf(EntitiesRefusal.class)
        .hasMessage(directory.resolve("entities.yaml") + ", line " + expected);
  }

  @Test
  void saysWhichFileIsNotThere() {
    assertThatThrownBy(() -> EntitiesFile.read(directory.resolve("none.yaml")))
        .isInstanceOf(EntitiesRefusal.class)
        .hasMessageStartingWith(directory.resolve("none.yaml") + ": cannot be read");
  }

  private EntitySettings read(String text) {
    try {
      return EntitiesFile.read(Files.writeString(directory.resolve("entities.yaml"), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String score(String indent, Double score) {
    return score == null ? "" : indent + "min_score: {builtin: " + score + ", elasticsearch: 77}\n";
  }
}
