package io.umbel.conformance;

import io.umbel.contract.Resource;
import io.umbel.contract.ResourceCall;
import io.umbel.contract.ResourceContents;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The resources: a text, an image, one to be watched, and all of one form. */
final class Resources {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";

  private Resources() {}

  static List<Resource> all() {
    return List.of(
        text("test://static-text", "A text", "This is the content of the static text resource."),
        Resource.at("test://static-binary", "static-binary", Resources::image)
            .described("An image")
            .of(Media.PNG),
        text("test://watched-resource", "A text to watch", "Watched resource content"),
        Resource.matching("test://template/{id}/data", "template", Resources::byId)
            .described("Everything that has an id")
            .of(JSON));
  }

  private static Resource text(String uri, String description, String text) {
    var name = uri.substring("test://".length());
    return Resource.at(uri, name, call -> one(ResourceContents.text(uri, TEXT, text)))
        .described(description)
        .of(TEXT);
  }

  private static Future<List<JsonObject>> image(ResourceCall call) {
    return one(ResourceContents.binary(call.uri(), Media.PNG, Media.image()));
  }

  private static Future<List<JsonObject>> byId(ResourceCall call) {
    var id = call.variable("id");
    var json =
        new JsonObject().put("id", id).put("templateTest", true).put("data", "Data for ID: " + id);
    return one(ResourceContents.text(call.uri(), JSON, json.encode()));
  }

  private static Future<List<JsonObject>> one(JsonObject contents) {
    return Future.succeededFuture(List.of(contents));
  }
}
