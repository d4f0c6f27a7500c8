package io.umbel.gateway.legacy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The id of an event: enough for any node to find the stream it was part of, or to say what was
 * lost with it.
 *
 * @param gateway the instance that holds the stream
 * @param stream its name there, which nobody can guess
 * @param number of the event, counted from 0
 * @param request the id of the request it answers, as JSON text; empty for a stream of its own
 */
record EventId(String gateway, String stream, long number, String request) {

  private static final Pattern FORM = Pattern.compile(
      "([0-9a-f]{12})_([0-9a-f]{32})_([0-9]{1,9})_((?:[A-Za-z0-9_-]{4}){0,100}(?:[A-Za-z0-9_-]{2,3})?)");

  /** The id that reads so, or null. */
  static EventId of(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    var request = Base64.getUrlDecoder().decode(parts.group(4));
    return new EventId(
        parts.group(1),
        parts.group(2),
        Long.parseLong(parts.group(3)),
        new String(request, StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    var request64 = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(request.getBytes(StandardCharsets.UTF_8));
    return gateway + "_" + stream + "_" + number + "_" + request64;
  }
}
