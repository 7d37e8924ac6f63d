package org.pagereel.server.faces;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingSpec;
import org.pagereel.server.core.recording.Recordings;
import org.pagereel.server.platform.outbox.Outbox;
import org.pagereel.server.platform.outbox.Target;

/**
 * The smallest face that does all a face can do: it starts and stops recordings, announces their
 * states to an address, and lets whoever knows a word open the files.
 */
public final class TestFace implements Face {
  private static final String NAME = "test";

  private final CoreServices core;
  private final String callback;

  /**
   * A face whose callbacks go to this address.
   *
   * @param callback states are posted there, one a line: the recording's id and its state
   */
  public TestFace(CoreServices core, String callback) {
    this.core = core;
    this.callback = callback;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void routes(RoutesConfig routes) {
    routes.post("/test/{room}/start", this::start);
    routes.post("/test/{room}/stop", this::stop);
  }

  private void start(Context context) {
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    RecordingSpec spec =
        new RecordingSpec(
            new PageSpec(
                context.body(),
                new PageSize(640, 360),
                new ReadySignal.Load(),
                Duration.ofSeconds(30)),
            new PictureSpec(15, 500),
            new SoundProfile(1, 48),
            null,
            new RecordingSpec.Limits(Duration.ofHours(1), null));
    String room = context.pathParam("room");
    Recordings.Order order =
        new Recordings.Order(id, NAME, "", room, spec, false, "no ticket", "{}");
    context.result(core.recordings().start(order).map(Recording::id).orElse("busy"));
  }

  private void stop(Context context) {
    String room = context.pathParam("room");
    Optional<Recording> stopped = core.recordings().want(NAME, "", room, Desired.STOP);
    context.result(stopped.map(Recording::id).orElse("none"));
  }

  @Override
  public void changed(Handle transaction, Recording now, Optional<Reason> reason) {
    String body = now.id() + " " + now.state();
    Outbox.add(transaction, UUID.randomUUID().toString(), now.id(), NAME, body, Instant.now());
  }

  @Override
  public Optional<Target> target(String name) {
    return name.equals(NAME) ? Optional.of(new TestTarget(callback)) : Optional.empty();
  }

  @Override
  public boolean opens(Context request, Recording recording) {
    return "sesame".equals(request.header("word"));
  }
}
