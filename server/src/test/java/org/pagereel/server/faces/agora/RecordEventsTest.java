package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.core.queue.Claim;
import org.pagereel.server.core.recording.AttemptHistory;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.Failure;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingSpec;
import org.pagereel.server.core.recording.Status;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;
import tools.jackson.databind.JsonNode;

/** What clients read of a recording: no event twice, and never an end before there is one. */
@WholeMachine
class RecordEventsTest {
  private static final AttemptHistory FRESH = new AttemptHistory(1, 0, 0, false, false);
  private static final AttemptHistory STARTED = new AttemptHistory(1, 0, 0, true, true);
  private static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Instant LATER = CREATED.plusSeconds(60);

  @TempDir Path folder;
  private Database database;
  private Jdbi jdbi;
  private RecordAnnouncer announcer;
  private Room room;

  @BeforeEach
  void open() throws Exception {
    Path yaml = Files.writeString(folder.resolve("settings.yaml"), TestServer.SETTINGS);
    announcer = new RecordAnnouncer(SettingsFile.read(yaml), InstantSource.system());
    database = TestStores.open(folder);
    jdbi = database.jdbi();
    room = Room.fresh(TestServer.APP, "r", "cn", Instant.now());
    jdbi.useTransaction(handle -> Rooms.insert(handle, room));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void pausesChangeThePropertyOnly() {
    announce("one", Desired.HOLD, new Status.Queued(AttemptHistory.NONE), null);
    announce("one", Desired.HOLD, new Status.Starting(FRESH, LATER), null);
    assertThat(property().path("state").asInt()).isEqualTo(-1);
    announce("one", Desired.RUN, new Status.Starting(FRESH, LATER), null);
    assertThat(property().path("onhold").asBoolean(true)).isFalse();
    announce("one", Desired.RUN, new Status.Running(STARTED, CREATED), Reason.STARTED);
    for (int i = 0; i < 2; i++) {
      announce("one", Desired.HOLD, new Status.Paused(STARTED, CREATED), null);
      assertThat(property().path("onhold").asBoolean(false)).isTrue();
      announce("one", Desired.RUN, new Status.Running(STARTED, CREATED), null);
      assertThat(property().path("onhold").asBoolean(true)).isFalse();
    }
    announce("one", Desired.STOP, new Status.Finishing(STARTED, null), Reason.STOPPED);
    announce("one", Desired.STOP, new Status.Finished(STARTED), null);
    assertThat(events()).extracting(data -> data.path("state").asInt()).containsExactly(-1, 1, 0);
  }

  @Test
  void twoRetriesReadDifferently() {
    announce("one", Desired.RUN, new Status.Queued(AttemptHistory.NONE), null);
    for (int misses = 1; misses <= 2; misses++) {
      AttemptHistory tries = new AttemptHistory(1 + misses, misses, 0, false, false);
      announce("one", Desired.RUN, new Status.Starting(tries, LATER), Reason.NOT_READY);
    }
    Failure failure = new Failure(FailureCategory.PAGE, "never ready", true);
    AttemptHistory tries = new AttemptHistory(3, 3, 0, false, false);
    announce("one", Desired.RUN, new Status.Finishing(tries, failure), Reason.GIVEN_UP);
    announce("one", Desired.RUN, new Status.Failed(tries, failure), null);
    assertThat(events())
        .doesNotHaveDuplicates()
        .extracting(data -> data.path("reason").asInt(0))
        .containsExactly(0, 4, 4, 5);
  }

  @Test
  void anEarlierRecordingThatCompletesItsFilesEndsNothing() {
    announce("one", Desired.RUN, new Status.Queued(AttemptHistory.NONE), null);
    announce("one", Desired.STOP, new Status.Finishing(FRESH, null), Reason.STOPPED);
    announce("two", Desired.RUN, new Status.Queued(AttemptHistory.NONE), null);
    announce("one", Desired.STOP, new Status.Finished(FRESH), null);
    assertThat(property().path("recordId").asString()).isEqualTo("two");
    assertThat(property().path("state").asInt()).isEqualTo(-1);
    assertThat(events()).extracting(data -> data.path("state").asInt()).containsExactly(-1, 0, -1);
  }

  @Test
  void neitherDoesItInARoomThatWasCreatedAnew() {
    announce("one", Desired.STOP, new Status.Finished(FRESH), null);
    assertThat(room().record()).isNull();
    assertThat(events()).isEmpty();
  }

  private void announce(String id, Desired desired, Status status, @Nullable Reason reason) {
    Recording recording =
        new Recording(
            1,
            id,
            AgoraFace.NAME,
            TestServer.APP,
            "r",
            new RecordingSpec(
                new PageSpec(
                    "http://127.0.0.1/",
                    new PageSize(640, 360),
                    new ReadySignal.Load(),
                    Duration.ofSeconds(30)),
                new PictureSpec(15, 500),
                new SoundProfile(1, 48),
                null,
                new RecordingSpec.Limits(Duration.ofHours(2), null)),
            "",
            "{\"sid\":\"s\",\"resourceId\":\"i\",\"recordUid\":\"1\",\"query\":\"\"}",
            desired,
            status,
            reason,
            null,
            // Two recordings never begin in the same millisecond.
            CREATED.plusMillis(id.length() + id.charAt(0)),
            status.tries().announced() ? CREATED.plusSeconds(5) : null,
            null,
            null,
            null,
            Claim.NONE,
            null);
    jdbi.useTransaction(
        handle -> announcer.changed(handle, recording, Optional.ofNullable(reason)));
  }

  private Room room() {
    return jdbi.withHandle(handle -> Rooms.find(handle, TestServer.APP, "r")).orElseThrow();
  }

  private JsonNode property() {
    return Json.LINES.readTree(String.valueOf(room().record()));
  }

  private List<JsonNode> events() {
    return jdbi
        .withHandle(handle -> Rooms.events(handle, room, 1, OptionalLong.empty(), 100))
        .stream()
        .map(Rooms.RoomEvent::data)
        .toList();
  }
}
