package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.QueueFull;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingSpec;
import org.pagereel.server.core.recording.Recordings;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.network.PageAddress;
import org.pagereel.server.platform.network.PageCheck;

/** Starts, holds and stops the recording of a room: what routes and auto-start have in common. */
final class ClassRecording {
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);
  private static final int DEFAULT_HOURS = 2;

  /**
   * A recording may wait in the queue and be held, and its time counts from its first picture; its
   * token is refused when it has ended.
   */
  private static final Duration WAITING = Duration.ofDays(7);

  private final Recordings recordings;
  private final PageCheck pages;

  ClassRecording(Recordings recordings, PageCheck pages) {
    this.recordings = recordings;
    this.pages = pages;
  }

  /**
   * Starts the recording of a room.
   *
   * @throws ApiError 400 names the field; 409 when it is being recorded already; 503 when too many
   *     wait
   */
  Recording start(App app, Room room, StartBody body) {
    String user = RecorderUser.of(room.uuid());
    int hours = hours(room, body);
    String token = AgoraTokens.forUser(app, user, WAITING.plusHours(hours));
    String address =
        body.url().isBlank()
            ? PageAddress.of(body.rootUrl(), RoomParameters.of(app, room, user, token))
            : body.url();
    requireReachable(body.url().isBlank() ? "rootUrl" : "url", address);
    RecordProperty.Extra extra =
        new RecordProperty.Extra(
            hex(16), hex(16), String.valueOf(uid(user)), PageAddress.query(address));
    try {
      return recordings
          .start(
              new Recordings.Order(
                  hex(8),
                  AgoraFace.NAME,
                  app.id(),
                  room.uuid(),
                  spec(body, address, hours),
                  body.hold(),
                  new SignedContent(token).ticket(),
                  Json.LINES.writeValueAsString(extra)))
          .orElseThrow(() -> new ApiError(409, 30409411, "The recording has not been ended"));
    } catch (IllegalArgumentException e) {
      throw ApiError.bad("webRecordConfig: " + e.getMessage());
    } catch (QueueFull e) {
      throw new ApiError(503, 503, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Wants it held, running or stopped.
   *
   * @throws ApiError 409 when nothing is being recorded
   */
  Recording want(App app, Room room, Desired desired) {
    return recordings
        .want(AgoraFace.NAME, app.id(), room.uuid(), desired)
        .orElseThrow(() -> new ApiError(409, 30409410, "The recording has not been started"));
  }

  /** The room's last recording has been told to stop and has not done so yet. */
  boolean isStopping(App app, Room room) {
    return recordings.isStopping(AgoraFace.NAME, app.id(), room.uuid());
  }

  void confirmReady(String recordingId) {
    recordings.confirmReady(recordingId);
  }

  private static RecordingSpec spec(StartBody body, String address, int hours) {
    boolean reports = body.retryTimeoutSeconds() > 0;
    Duration timeout = reports ? Duration.ofSeconds(body.retryTimeoutSeconds()) : LOAD_TIMEOUT;
    ReadySignal ready = reports ? new ReadySignal.Put() : new ReadySignal.Load();
    return new RecordingSpec(
        new PageSpec(address, body.size(), ready, timeout),
        body.picture(),
        body.sound(),
        null,
        new RecordingSpec.Limits(Duration.ofHours(hours), null));
  }

  private static int hours(Room room, StartBody body) {
    if (body.maxHours() > 0) {
      return body.maxHours();
    }
    long seconds = room.scheduledSeconds();
    return seconds == 0 ? DEFAULT_HOURS : (int) ((seconds + 3599) / 3600);
  }

  private void requireReachable(String field, String address) {
    try {
      pages.require("webRecordConfig." + field, address);
    } catch (IllegalArgumentException e) {
      throw ApiError.bad(String.valueOf(e.getMessage()));
    }
  }

  private static long uid(String user) {
    return Integer.toUnsignedLong(user.hashCode() * 31 + 7);
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
