package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.files.Retention;
import org.pagereel.server.core.files.Transfers;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;

/** Files of Agora's recordings go when the app's {@code keep} is over, and else never. */
class KeptRecordingsTest {
  private static final Instant END = Instant.ofEpochSecond(1_700_000_000);
  private static final String KEEPS = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String FOR_EVER = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

  @TempDir Path folder;

  @Test
  void afterTheirTimeAndWhatARowNames() throws Exception {
    Settings settings =
        SettingsFile.read(
            Files.writeString(
                folder.resolve("settings.yaml"),
                """
                apps:
                  - {id: %s, certificate: 0123456789abcdef0123456789abcdef, keep: 2h}
                  - {id: %s, certificate: fedcba9876543210fedcba9876543210}
                """
                    .formatted(KEEPS, FOR_EVER)));
    Path recordings = folder.resolve("recordings");
    try (Database database = TestStores.open(folder);
        Retention retention =
            new Retention(
                List.of(new KeptRecordings(settings)),
                database.jdbi(),
                new FolderStore(recordings),
                new Transfers(),
                () -> true,
                InstantSource.system())) {
      recording(database, recordings, "old", KEEPS, "FINISHED", END);
      recording(database, recordings, "failed", KEEPS, "FAILED", END);
      recording(database, recordings, "young", KEEPS, "FINISHED", END.plusSeconds(60));
      recording(database, recordings, "completing", KEEPS, "FINISHING", END);
      recording(database, recordings, "other", FOR_EVER, "FINISHED", END);
      Files.createDirectories(recordings.resolve("nobodys"));

      retention.clean(END.plus(Duration.ofHours(2)).minusMillis(1));
      assertThat(recordings).isDirectoryContaining("glob:**/old");
      retention.clean(END.plus(Duration.ofHours(2)));
      assertThat(names(recordings))
          .containsExactlyInAnyOrder("young", "completing", "other", "nobodys");
      assertThat(retention.hasDeleted("old")).isTrue();
      assertThat(retention.hasDeleted("failed")).isTrue();
      assertThat(retention.hasDeleted("young")).isFalse();
      assertThat(retention.hasDeleted("nobodys")).isFalse();
      retention.clean(END.plus(Duration.ofDays(4_000)));
      assertThat(names(recordings)).containsExactlyInAnyOrder("completing", "other", "nobodys");
    }
  }

  private static List<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void recording(
      Database database, Path recordings, String id, String app, String state, Instant ended)
      throws Exception {
    Files.write(Files.createDirectories(recordings.resolve(id)).resolve("page.mp4"), new byte[9]);
    database
        .jdbi()
        .useTransaction(handle ->
            handle.execute(
                "INSERT INTO recordings (id, face, scope, subject, spec, ticket, extra, desired,"
                    + " status, state, running, created_at, ended_at) VALUES (?, 'agora', ?, ?,"
                    + " '{}', ?, '{}', 'STOP', '{}', ?, 0, 0, ?)",
                id,
                app,
                id,
                id,
                state,
                ended.toEpochMilli()));
  }
}
