package org.pagereel.server.faces.agora;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.core.files.KeptFiles;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.faces.CoreServices;
import org.pagereel.server.faces.Face;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.outbox.Target;
import org.pagereel.server.platform.store.Tidy;

/**
 * The routes. Each exists with and without a region in front, because clients leave it out for some
 * host names (docs/vendors/agora.md, "Routes").
 */
public final class AgoraFace implements Face {
  /** This face's name in the store. */
  public static final String NAME = "agora";

  private static final Set<String> REGIONS = Set.of("cn", "ap", "eu", "na");
  private static final String APP = "/edu/apps/{appId}/v2";

  private final Authentication authentication;
  private final RoomRoutes rooms;
  private final RecordRoutes records;
  private final AutoStart autoStart;
  private final ClosingRooms closingRooms;
  private final Settings settings;
  private final RecordAnnouncer announcer;

  /** Everything the face is made of. */
  public AgoraFace(CoreServices core) {
    settings = core.settings();
    Jdbi jdbi = core.database().commands();
    announcer = new RecordAnnouncer(settings, core.clock());
    authentication = new Authentication(settings, core.logins(), jdbi, core.clock());
    ClassRecording recording = new ClassRecording(core.recordings(), core.pages());
    rooms = new RoomRoutes(jdbi, core.clock());
    RecordList list = new RecordList(core.links(), core.files(), core.clock());
    records = new RecordRoutes(rooms, recording, list, jdbi);
    autoStart = new AutoStart(settings, core.database(), recording, core.standing(), core.clock());
    closingRooms = new ClosingRooms(settings, jdbi, core.standing(), core.clock());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void open() {
    autoStart.open();
    closingRooms.open();
  }

  @Override
  public void quiesce() {
    autoStart.close();
  }

  @Override
  public void close() {
    autoStart.close();
    closingRooms.close();
  }

  @Override
  public void changed(Handle transaction, Recording now, Optional<Reason> reason) {
    announcer.changed(transaction, now, reason);
  }

  /** The callback of an app, by the app's id. */
  @Override
  public Optional<Target> target(String name) {
    return settings.app(name).map(Settings.App::callback).map(NoticeTarget::new);
  }

  @Override
  public Optional<KeptFiles> keptFiles() {
    return Optional.of(new KeptRecordings(settings));
  }

  @Override
  public List<Tidy> tidies() {
    return List.of(OldEvents.tidy(), ClassChanges.tidy(), KeptRecordings.tidy(), new OldRooms());
  }

  @Override
  public void routes(RoutesConfig routes) {
    String room = APP + "/rooms/{roomUuid}";
    both(routes, HandlerType.POST, room, Right.CONTROL, rooms::create);
    both(routes, HandlerType.GET, room, Right.READ, rooms::query);
    both(routes, HandlerType.PUT, room + "/states/{state}", Right.CONTROL, rooms::setState);
    both(routes, HandlerType.GET, room + "/sequences", Right.READ, rooms::sequences);
    String events = "/edu/polling/apps/{appId}/v2/rooms/sequences";
    both(routes, HandlerType.GET, events, Right.POLL, rooms::poll);
    String states = room + "/records/states/{state}";
    both(routes, HandlerType.PUT, states, Right.CONTROL, records::setState);
    both(routes, HandlerType.PATCH, states, Right.CONTROL, records::update);
    both(routes, HandlerType.PUT, room + "/records/ready", Right.READY, records::ready);
    both(routes, HandlerType.POST, room + "/records/ready", Right.READY, records::ready);
    both(routes, HandlerType.GET, room + "/records", Right.LIST, records::list);
  }

  /** Whether a token of the recording's own app, or of its own recorder, came with the request. */
  @Override
  public boolean opens(Context context, Recording recording) {
    if (Authentication.token(context).isEmpty()) {
      return false;
    }
    Caller caller =
        authentication.caller(context, recording.scope(), recording.subject(), Right.FILES);
    return caller.recording() == null || recording.id().equals(caller.recording());
  }

  /** The action of a route for a caller who may use it. */
  private interface Deed {
    void handle(Context context, Caller caller);
  }

  private void both(RoutesConfig routes, HandlerType method, String path, Right right, Deed deed) {
    Handler handler = context -> deed.handle(context, caller(context, right));
    routes.addHttpHandler(method, path, handler);
    routes.addHttpHandler(
        method,
        "/{region}" + path,
        context -> {
          if (!REGIONS.contains(context.pathParam("region"))) {
            throw new ApiError(404, 404, "No such region: " + context.pathParam("region"));
          }
          handler.handle(context);
        });
  }

  private Caller caller(Context context, Right right) {
    String room = context.pathParamMap().get("roomUuid");
    return authentication.caller(
        context,
        context.pathParam("appId"),
        room == null ? null : Room.requireUuid("roomUuid", room),
        right);
  }
}
