package io.umbel.tools.compliance.kept;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What an issue was found to be.
 *
 * @param contentHash of what was looked at
 * @param result what was found
 * @param createdAt when this issue was first judged by this metric
 * @param updatedAt when it last was
 */
public record Judged(String contentHash, JsonObject result, Instant createdAt, Instant updatedAt) {}
