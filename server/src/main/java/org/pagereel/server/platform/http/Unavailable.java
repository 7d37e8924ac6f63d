package org.pagereel.server.platform.http;

import io.javalin.http.Context;
import org.pagereel.server.platform.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 503 with {@code Retry-After} to what the store cannot do now. The body is each face's
 * own; status and header are the same for all, since proxies and simple clients look at nothing
 * else.
 */
public final class Unavailable {
  private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);

  private Unavailable() {}

  /** Sets status and header if the failure is the store's; false if it is not. */
  public static boolean tell(Context context, Exception failure) {
    return StoreUnavailable.in(failure)
        .map(unavailable -> {
          LOG.debug("{} {}", context.method(), context.path(), unavailable);
          context.status(503);
          retryLater(context);
          return true;
        })
        .orElse(false);
  }

  static void retryLater(Context context) {
    context.header("Retry-After", String.valueOf(StoreUnavailable.RETRY_AFTER.toSeconds()));
  }
}
