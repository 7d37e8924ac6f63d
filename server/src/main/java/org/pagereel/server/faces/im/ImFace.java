package org.pagereel.server.faces.im;

import static org.pagereel.server.faces.im.ImAnswer.body;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.faces.Face;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.store.GroupCommit;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes {@code /v4/group_open_http_svc/…}. The answer's status is 200 whatever is wrong, with
 * {@code ActionStatus}, {@code ErrorCode} and {@code ErrorInfo} (docs/vendors/tencent.md, "Message
 * calls").
 */
public final class ImFace implements Face {

  private static final String PATH = "/v4/group_open_http_svc/{command}";

  private final FailedLogins logins;
  private final InstantSource clock;
  private final Callers callers;
  private final GroupActions groups;
  private final MessageActions messages;

  public ImFace(
      Settings settings, FailedLogins logins, Jdbi jdbi, GroupCommit commits, InstantSource clock) {
    this.clock = clock;
    callers = new Callers(settings, logins);
    this.logins = logins;
    groups = new GroupActions(jdbi);
    messages = new MessageActions(jdbi, commits);
  }

  @Override
  public String name() {
    return "im";
  }

  @Override
  public void routes(RoutesConfig routes) {
    routes.get(PATH, this::handle);
    routes.post(PATH, this::handle);
  }

  private void handle(Context context) {
    ImAnswer.give(context, logins, () -> act(context, clock.instant()));
  }

  private ObjectNode act(Context context, Instant now) {
    ImAnswer.onlyPost(context);
    Caller caller = callers.of(ImAnswer.query(context), now);
    String command = context.pathParam("command");
    return switch (command) {
      case "create_group" -> groups.create(caller, body(context, ImCode.BAD_HTTP), now);
      case "destroy_group" -> groups.destroy(caller, body(context, ImCode.BAD_HTTP), now);
      case "send_group_msg" -> messages.send(caller, body(context, ImCode.TOO_LONG), now);
      case "group_msg_get_simple" -> messages.page(caller, body(context, ImCode.BAD_HTTP));
      default ->
          throw ImAnswer.noCommand(
              command, "create_group, send_group_msg, group_msg_get_simple, destroy_group");
    };
  }
}
