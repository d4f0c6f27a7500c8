package io.umbel.gateway.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session's facts go into the params' {@code _meta}, byte by byte, wherever that stands. */
class LegacyParamsTest {

  private static final JsonObject FACTS = Session.facts(
      "key",
      Caller.LOCAL,
      1,
      new Session.Agreement(Revision.V2025_06_18, new JsonObject("{\"roots\":{}}"), null));

  private static final String MEMBERS =
      "\"io.modelcontextprotocol/protocolVersion\":\"2025-06-18\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}},"
          + "\"io.modelcontextprotocol/logLevel\":\"info\"";

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                                        | {"_meta":{@}}
      ,"params":{}                      | {"_meta":{@}}
      ,"params":{ }                     | {"_meta":{@} }
      ,"params": {"a":1}                | {"_meta":{@},"a":1}
      ,"params":{ "a" : [1, 2] }        | {"_meta":{@}, "a" : [1, 2] }
      ,"params":{"_meta":{}}            | {"_meta":{@}}
      ,"params":{"_meta":{ }}           | {"_meta":{ @}}
      ,"params":{"_meta": { "x":1 } }   | {"_meta": { "x":1 ,@} }
      ,"params":{"a":{},"_meta":{"x":{}},"b":2} | {"a":{},"_meta":{"x":{},@},"b":2}
      ,"params":{"a":"ü","_meta":{"x":"😀"},"b":"_meta"} | {"a":"ü","_meta":{"x":"😀",@},"b":"_meta"}
      ,"params":{"a":{"_meta":{}}}      | {"_meta":{@},"a":{"_meta":{}}}
      """)
  void theSessionsFactsAreAddedToWhatTheClientSent(String params, String seen) {
    var message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"" + (params == null ? "" : params);
    var envelope = EnvelopeReader.read((message + "}").getBytes(StandardCharsets.UTF_8));
    var whole =
        LegacyParams.asStateless(envelope.params(), Session.of(FACTS), "info").toString();
    assertThat(whole).isEqualTo(seen.replace("@", MEMBERS));
    assertThat(new JsonObject(whole)
            .getJsonObject("_meta")
            .getValue("io.modelcontextprotocol/protocolVersion"))
        .isEqualTo("2025-06-18");
  }
}
