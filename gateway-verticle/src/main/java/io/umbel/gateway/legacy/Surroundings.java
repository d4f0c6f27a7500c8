package io.umbel.gateway.legacy;

import io.umbel.gateway.call.GatewayDesk;
import io.umbel.gateway.call.OpenStreams;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.limits.RateLimits;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Where the era of sessions stands in a gateway.
 *
 * @param open the streams that clients have opened to hear of changes
 * @param rates how often each client may ask, where one body has several messages, or they come by
 *     the transport of 2024-11-05
 * @param life how long a session lasts
 */
public record Surroundings(
    Vertx vertx,
    GatewayDesk desk,
    Changes changes,
    OpenStreams open,
    RateLimits rates,
    Duration life) {}
