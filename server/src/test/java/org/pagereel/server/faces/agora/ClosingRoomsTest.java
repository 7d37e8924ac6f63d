package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;

/** A class that has ended closes by itself when {@code closeDelay} is over. */
@WholeMachine
class ClosingRoomsTest {
  private static final Instant END = Instant.ofEpochSecond(1_700_000_000);

  @TempDir Path folder;
  private Database database;
  private Jdbi jdbi;
  private Settings settings;
  private ClosingRooms closing;

  @BeforeEach
  void open() throws Exception {
    settings =
        SettingsFile.read(Files.writeString(folder.resolve("settings.yaml"), TestServer.SETTINGS));
    database = TestStores.open(folder);
    jdbi = database.jdbi();
    closing =
        new ClosingRooms(
            settings, jdbi, Standing.alone("test", Instant::now), InstantSource.system());
  }

  @AfterEach
  void close() {
    closing.close();
    database.close();
  }

  @Test
  void whenItsDelayIsOver() {
    room("own", "{\"schedule\":{\"closeDelay\":30}}");
    room("usual", "{}");
    room("atOnce", "{\"schedule\":{\"closeDelay\":0}}");
    List.of("own", "usual", "atOnce")
        .forEach(room -> {
          enter(room, 1, END.minusSeconds(60));
          enter(room, 2, END);
        });
    closing.close(END);
    assertThat(state("atOnce")).isEqualTo(3);
    closing.close(END.plusSeconds(29));
    assertThat(state("own")).isEqualTo(2);
    closing.close(END.plusSeconds(30));
    assertThat(state("own")).isEqualTo(3);
    assertThat(find("own").closeTime()).isEqualTo(END.plusSeconds(30).toEpochMilli());
    closing.close(END.plusSeconds(599));
    assertThat(state("usual")).isEqualTo(2);
    closing.close(END.plusSeconds(600));
    assertThat(state("usual")).isEqualTo(3);
    closing.close(END.plusSeconds(9_000));
    assertThat(states("own")).as("events").containsExactly(1, 2, 3);
  }

  @Test
  void notWhenItGoesOnAgain() {
    room("again", "{}");
    enter("again", 1, END.minusSeconds(60));
    enter("again", 2, END);
    enter("again", 1, END.plusSeconds(60));
    closing.close(END.plusSeconds(9_000));
    assertThat(state("again")).isEqualTo(1);
  }

  private void room(String uuid, String properties) {
    Room room = Room.fresh(TestServer.APP, uuid, "cn", uuid, 4, properties, "{}", Instant.now());
    jdbi.useTransaction(handle -> Rooms.insert(handle, room));
  }

  private void enter(String uuid, int state, Instant at) {
    jdbi.useTransaction(handle ->
        ClassStates.enter(
            handle, settings.apps().getFirst(), find(uuid), state, at.toEpochMilli()));
  }

  private Room find(String uuid) {
    return jdbi.withHandle(handle -> Rooms.find(handle, TestServer.APP, uuid)).orElseThrow();
  }

  private int state(String uuid) {
    return find(uuid).state();
  }

  private List<Integer> states(String uuid) {
    return jdbi
        .withHandle(handle -> Rooms.events(handle, find(uuid), 1, OptionalLong.empty(), 10))
        .stream()
        .map(event -> event.data().path("state").asInt())
        .toList();
  }
}
