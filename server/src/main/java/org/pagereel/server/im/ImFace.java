package org.pagereel.server.im;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes {@code /v4/group_open_http_svc/…}. The answer's status is 200 whatever is wrong, with
 * {@code ActionStatus}, {@code ErrorCode} and {@code ErrorInfo} (reference 5.1).
 */
public final class ImFace {
  private static final Logger LOG = LoggerFactory.getLogger(ImFace.class);
  private static final String PATH = "/v4/group_open_http_svc/{command}";

  private final Callers callers;
  private final GroupActions groups;
  private final MessageActions messages;

  public ImFace(Settings settings, Jdbi jdbi) {
    callers = new Callers(settings);
    groups = new GroupActions(jdbi);
    messages = new MessageActions(jdbi);
  }

  public void routes(RoutesConfig routes) {
    routes.get(PATH, this::handle);
    routes.post(PATH, this::handle);
  }

  private void handle(Context context) {
    ObjectNode answer;
    try {
      answer = act(context, Instant.now());
    } catch (ImError e) {
      answer = error(e.code(), e.message());
    } catch (RuntimeException e) {
      LOG.error("{}", context.path(), e);
      answer = error(ImCode.SYSTEM, "Something went wrong here; the server's log has it");
    }
    context
        .status(200)
        .contentType("application/json")
        .result(Json.LINES.writeValueAsString(answer));
  }

  private ObjectNode act(Context context, Instant now) {
    if (!context.method().name().equals("POST")) {
      throw ImCode.BAD_HTTP.error("The method is " + context.method() + "; allowed: POST");
    }
    Caller caller = callers.of(query(context), now);
    String command = context.pathParam("command");
    return switch (command) {
      case "create_group" -> groups.create(caller, body(context, ImCode.BAD_HTTP), now);
      case "destroy_group" -> groups.destroy(caller, body(context, ImCode.BAD_HTTP), now);
      case "send_group_msg" -> messages.send(caller, body(context, ImCode.TOO_LONG), now);
      case "group_msg_get_simple" -> messages.page(caller, body(context, ImCode.BAD_HTTP));
      default ->
          throw ImCode.BAD_HTTP.error(
              "The command is "
                  + command.substring(0, Math.min(command.length(), 100))
                  + "; allowed: create_group, send_group_msg, group_msg_get_simple, destroy_group");
    };
  }

  /** Decoded; what is not escaped as it should be is left out. */
  private static Map<String, String> query(Context context) {
    Map<String, String> query = new HashMap<>();
    context
        .queryParamMap()
        .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.getFirst()));
    return query;
  }

  private static Body body(Context context, ImCode tooLarge) {
    try {
      return Body.of(context.bodyAsBytes());
    } catch (HttpResponseException e) {
      throw tooLarge.error("The body is larger than a request may be");
    }
  }

  private static ObjectNode error(ImCode code, String info) {
    return Json.LINES
        .createObjectNode()
        .put("ActionStatus", "FAIL")
        .put("ErrorCode", code.number())
        .put("ErrorInfo", info);
  }
}
