package org.pagereel.server.faces.im;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.HashMap;
import java.util.Map;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.Unavailable;
import org.pagereel.server.platform.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers in the vendor's shape, whatever happens: status 200, with {@code ActionStatus}, {@code
 * ErrorCode} and {@code ErrorInfo} (docs/vendors/tencent.md, "Message calls"). What cannot be
 * stored is the one exception: its status is 503, the code 10002, which means "try again" to the
 * vendor's clients.
 */
public final class ImAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(ImAnswer.class);

  /** Makes an answer. */
  public interface Work {
    /**
     * Makes the answer.
     *
     * @throws ImError the answer is this error
     */
    ObjectNode answer();
  }

  private ImAnswer() {}

  /** Answers a request, unless too many failed logins came from its address. */
  public static void give(Context context, FailedLogins logins, Work work) {
    ObjectNode answer;
    context.status(200);
    try {
      if (logins.refuses(context, query(context).getOrDefault("usersig", ""))) {
        throw ImCode.TOO_OFTEN.error("Too many failed logins from this address; wait a minute");
      }
      answer = work.answer();
    } catch (ImError e) {
      answer = error(e);
    } catch (RuntimeException e) {
      answer = error(ImCode.SYSTEM.error(words(context, e)));
    }
    if (ImCode.isFailedLogin(answer.path("ErrorCode").asInt(0))) {
      logins.failed(context);
    }
    context.contentType("application/json").result(Json.LINES.writeValueAsString(answer));
  }

  private static String words(Context context, RuntimeException failure) {
    if (Unavailable.tell(context, failure)) {
      return StoreUnavailable.MESSAGE;
    }
    LOG.error("{}", context.path(), failure);
    return "Something went wrong here; the server's log has it";
  }

  public static ObjectNode ok() {
    return Json.LINES
        .createObjectNode()
        .put("ActionStatus", "OK")
        .put("ErrorInfo", "")
        .put("ErrorCode", 0);
  }

  public static ObjectNode error(ImError error) {
    return Json.LINES
        .createObjectNode()
        .put("ActionStatus", "FAIL")
        .put("ErrorCode", error.code().number())
        .put("ErrorInfo", error.message());
  }

  /**
   * Decoded; what is not escaped as it should be is left out, and so is a name without a value,
   * which is how clients do not give one.
   */
  public static Map<String, String> query(Context context) {
    Map<String, String> query = new HashMap<>();
    context
        .queryParamMap()
        .forEach((name, values) -> {
          String value = values.isEmpty() ? "" : values.getFirst();
          if (!value.isEmpty()) {
            query.put(name, value);
          }
        });
    return query;
  }

  /**
   * The request's JSON.
   *
   * @param tooLarge the code when it is
   * @throws ImError 60003, or tooLarge
   */
  public static Body body(Context context, ImCode tooLarge) {
    try {
      return Body.of(context.bodyAsBytes());
    } catch (HttpResponseException e) {
      throw tooLarge.error("The body is larger than a request may be");
    }
  }

  /**
   * Refuses another method than POST.
   *
   * @throws ImError 60002
   */
  public static void onlyPost(Context context) {
    if (!context.method().name().equals("POST")) {
      throw ImCode.BAD_HTTP.error("The method is " + context.method() + "; allowed: POST");
    }
  }

  /** The answer to a command that there is not. */
  public static ImError noCommand(String command, String allowed) {
    return ImCode.BAD_HTTP.error(
        "The command is "
            + command.substring(0, Math.min(command.length(), 100))
            + "; allowed: "
            + allowed);
  }
}
