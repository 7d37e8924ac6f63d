package org.pagereel.server.faces.tencent;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.files.KeptFiles;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.replay.ClassSource;
import org.pagereel.server.core.replay.ReplayTask;
import org.pagereel.server.faces.CoreServices;
import org.pagereel.server.faces.Face;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.SignedLinks;
import org.pagereel.server.platform.http.Unavailable;
import org.pagereel.server.platform.outbox.Target;
import org.pagereel.server.platform.store.StoreUnavailable;
import org.pagereel.server.platform.store.Tidy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one route, {@code /}, where every action comes in. The answer's status is 200 whatever is
 * wrong with a request: the vendor's own clients lose code and message of any other
 * (docs/vendors/tencent.md, "Requests and answers"). What cannot be stored now is no fault of the
 * request: its status is 503, which those clients report as {@code ServerSideError}; others read
 * {@code InternalError}.
 */
public final class TencentFace implements Face {
  /** This face's name in the store. */
  public static final String NAME = "tencent";

  private static final Logger LOG = LoggerFactory.getLogger(TencentFace.class);

  private final CallReader reader;
  private final Apps apps;
  private final OnlineRecord record;
  private final OfflineRecord offline;
  private final CallbackActions callbacks;
  private final SignedLinks links;
  private final FailedLogins logins;
  private final Settings settings;
  private final InstantSource clock;
  private final ClassSource classes;
  private final TaskAnnouncer taskAnnouncer;
  private final OfflineAnnouncer offlineAnnouncer;
  private final CallbackTargets targets;

  /**
   * Everything the face is made of.
   *
   * @param builtInPage address of the room's page for apps that have none of their own
   * @param classes the source of classes for after-class tasks
   */
  public TencentFace(CoreServices core, String builtInPage, ClassSource classes) {
    this.classes = classes;
    settings = core.settings();
    clock = core.clock();
    links = core.links();
    logins = core.logins();
    Jdbi jdbi = core.database().commands();
    taskAnnouncer = new TaskAnnouncer(links, core.files(), core.clock());
    offlineAnnouncer = new OfflineAnnouncer(links, core.clock());
    targets = new CallbackTargets(jdbi, CallbackTargets.PAUSE);
    reader = new CallReader(settings);
    apps = new Apps(settings);
    record =
        new OnlineRecord(
            jdbi, core.recordings(), core.pages(), new RecordingPage(builtInPage), core.files());
    offline = new OfflineRecord(core.replays());
    callbacks = new CallbackActions(jdbi, core.pages());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void changed(Handle transaction, Recording now, Optional<Reason> reason) {
    taskAnnouncer.changed(transaction, now, reason);
  }

  @Override
  public void changed(Handle transaction, ReplayTask before, ReplayTask now) {
    offlineAnnouncer.changed(transaction, before, now);
  }

  @Override
  public Optional<Target> target(String name) {
    return targets.find(name);
  }

  @Override
  public Optional<ClassSource> classSource() {
    return Optional.of(classes);
  }

  @Override
  public Optional<KeptFiles> keptFiles() {
    return Optional.of(new KeptTasks(settings));
  }

  @Override
  public List<Tidy> tidies() {
    return List.of(KeptTasks.tidy());
  }

  @Override
  public void routes(RoutesConfig routes) {
    routes.get("/", this::handle);
    routes.post("/", this::handle);
  }

  private void handle(Context context) {
    String requestId = UUID.randomUUID().toString();
    ObjectNode answer;
    context.status(200);
    try {
      if (logins.refuses(context, "")) {
        throw TiwCode.REQUEST_LIMIT.error(
            "Too many failed logins from this address; wait a minute");
      }
      Instant now = clock.instant();
      answer = act(reader.read(WireRequest.of(context), now), links.in(context), now);
    } catch (TiwError e) {
      if (e.code().isFailedLogin()) {
        logins.failed(context);
      }
      answer = error(e.code(), e.message());
    } catch (RuntimeException e) {
      answer = error(TiwCode.INTERNAL_ERROR, words(context, requestId, e));
    }
    answer.put("RequestId", requestId);
    ObjectNode envelope = Json.LINES.createObjectNode();
    envelope.set("Response", answer);
    context.contentType("application/json").result(envelope.toString());
  }

  private static String words(Context context, String requestId, RuntimeException failure) {
    if (Unavailable.tell(context, failure)) {
      return StoreUnavailable.MESSAGE;
    }
    LOG.error("Request {}", requestId, failure);
    return "Something went wrong here; the server's log has it";
  }

  private ObjectNode act(Call call, SignedLinks links, Instant now) {
    TencentApp app = apps.of(call);
    Fields body = call.parameters();
    return switch (call.action()) {
      case START -> record.start(app, body, now);
      case PAUSE -> record.pause(app, body);
      case RESUME -> record.resume(app, body);
      case STOP -> record.stop(app, body);
      case DESCRIBE -> record.describe(app, body, links, now);
      case SET_CALLBACK -> callbacks.setUrl(app, body);
      case SET_CALLBACK_KEY -> callbacks.setKey(app, body);
      case DESCRIBE_CALLBACK -> callbacks.describe(app, body);
      case CREATE_OFFLINE -> offline.create(app, body);
      case DESCRIBE_OFFLINE -> offline.describe(app, body, links, now);
      case SET_OFFLINE_CALLBACK -> callbacks.setOfflineUrl(app, body);
      case DESCRIBE_OFFLINE_CALLBACK -> callbacks.describeOffline(app, body);
    };
  }

  private static ObjectNode error(TiwCode code, String message) {
    ObjectNode answer = Json.LINES.createObjectNode();
    answer.putObject("Error").put("Code", code.text()).put("Message", message);
    return answer;
  }
}
