package org.pagereel.server.faces.operations;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.ClientAddress;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /admin/drain}: this node takes no more work, and gets rid of what it has; {@code GET}
 * tells how far that is.
 */
public final class DrainRoute {
  private static final String BEARER = "Bearer ";

  /** What is emptied. */
  public interface Draining {
    void begin();

    boolean isOn();

    /** The number of recordings that it still has. */
    int left();
  }

  private final Draining drain;
  private final ClientAddress addresses;
  private final @Nullable String key;
  private final boolean isLoopbackEnough;

  /**
   * Makes it.
   *
   * @param key of operators; null for none
   * @param isLoopbackEnough false if the world may come in through a proxy on this machine
   */
  public DrainRoute(
      Draining drain, ClientAddress addresses, @Nullable String key, boolean isLoopbackEnough) {
    this.drain = drain;
    this.addresses = addresses;
    this.key = key;
    this.isLoopbackEnough = isLoopbackEnough;
  }

  public void begin(Context context) {
    requireOperator(context);
    drain.begin();
    answer(context.status(202));
  }

  public void tell(Context context) {
    requireOperator(context);
    answer(context);
  }

  private void answer(Context context) {
    ObjectNode answer = Json.LINES.createObjectNode();
    answer.put("state", drain.isOn() ? "draining" : "up");
    answer.put("recordings", drain.left());
    context.contentType("application/json").result(answer.toString());
  }

  private void requireOperator(Context context) {
    String authorization = context.header("Authorization");
    if (authorization != null) {
      if (!hasKey(authorization)) {
        throw new ApiError(401, 401, "Not the operatorKey of the settings");
      }
    } else if (!isOnThisMachine(context)) {
      throw new ApiError(
          401, 401, "Send Authorization: Bearer <operatorKey of the settings>, or ask locally");
    }
  }

  private boolean hasKey(String authorization) {
    return key != null
        && authorization.startsWith(BEARER)
        && MessageDigest.isEqual(
            bytes(key), bytes(authorization.substring(BEARER.length()).strip()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A page in a browser on this machine says from where it is; programs do not. */
  private boolean isOnThisMachine(Context context) {
    return isLoopbackEnough
        && addresses.of(context).everybody()
        && context.header("X-Forwarded-For") == null
        && context.header("Origin") == null;
  }
}
