package org.pagereel.server.faces.classes;

import static org.pagereel.server.faces.im.ImAnswer.body;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.faces.Face;
import org.pagereel.server.faces.im.Callers;
import org.pagereel.server.faces.im.ImAnswer;
import org.pagereel.server.faces.im.ImCode;
import org.pagereel.server.faces.im.MessageRetention;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.store.GroupCommit;
import org.pagereel.server.platform.store.Tidy;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes {@code /v4/class_record_svc/…}, with callers and answers as those of the messages.
 * docs/CLASS_PROTOCOL.md
 */
public final class ClassFace implements Face {

  private static final String PATH = "/v4/class_record_svc/{command}";

  private final FailedLogins logins;
  private final InstantSource clock;
  private final Callers callers;
  private final VideoActions videos;
  private final CallbackActions callbacks;
  private final UploadActions uploads;
  private final List<Tidy> tidies;

  public ClassFace(
      Settings settings,
      FailedLogins logins,
      Jdbi jdbi,
      GroupCommit commits,
      Uploads uploads,
      InstantSource clock) {
    this.clock = clock;
    ClassPost post = new ClassPost();
    this.callers = new Callers(settings, logins);
    this.logins = logins;
    this.videos = new VideoActions(jdbi, commits, post);
    this.callbacks = new CallbackActions(settings, commits, callers, post);
    this.uploads = new UploadActions(jdbi, commits, uploads, post, clock);
    this.tidies = List.of(new MessageRetention(settings, ClassTables.ALSO), uploads);
  }

  @Override
  public String name() {
    return "classes";
  }

  /** Also the messages of its groups, which must not go before what it keeps of them. */
  @Override
  public List<Tidy> tidies() {
    return tidies;
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
    Map<String, String> query = ImAnswer.query(context);
    String command = context.pathParam("command");
    return switch (command) {
      case "report_timeline" ->
          videos.timeLine(callers.user(query, now), body(context, ImCode.BAD_HTTP), now);
      case "video_callback" -> callbacks.take(query, body(context, ImCode.BAD_HTTP), now);
      case "class_state" -> videos.state(callers.of(query, now), body(context, ImCode.BAD_HTTP));
      case "register_video" ->
          videos.register(callers.of(query, now), body(context, ImCode.BAD_HTTP), now);
      case "upload_video" ->
          uploads.upload(
              () -> callers.of(query, now),
              query,
              context.bodyInputStream(),
              context.req().getContentLengthLong());
      default ->
          throw ImAnswer.noCommand(
              command,
              "report_timeline, video_callback, class_state, register_video, upload_video");
    };
  }
}
