package org.pagereel.server.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.server.platform.config.PostgresSettings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.outbox.Outbox;
import org.pagereel.server.platform.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./pagereel callbacks}: beside a server, or without one. */
@Command(
    name = "callbacks",
    description = "Show which callbacks wait or were given up, and send them again.",
    mixinStandardHelpOptions = true)
final class CallbacksCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "the server's data folder (${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the server's settings, which say where its store is (DIR/pagereel.yaml)")
  private @Nullable Path config;

  @Option(
      names = "--again",
      paramLabel = "RECEIVER",
      description = "send again what was given up for this receiver, or for all")
  private @Nullable String again;

  @Override
  public Integer call() throws IOException {
    Jdbi store = store();
    if (again != null) {
      sendAgain(store, again);
    }
    show(store.withHandle(Outbox::backlogs));
    return ExitCode.OK;
  }

  private Jdbi store() throws IOException {
    Path settings = ServerSettings.file(config, data);
    if (config != null || Files.exists(settings)) {
      PostgresSettings shared = SettingsFile.read(settings).database();
      if (shared != null) {
        return Database.beside(shared);
      }
    }
    if (!Files.exists(data.resolve(Database.FILE))) {
      throw new RecordingFailure(
          FailureCategory.USER, "There is no " + Database.FILE + " in the data folder " + data);
    }
    return Database.beside(data);
  }

  private static void sendAgain(Jdbi store, String receiver) {
    boolean isKnown =
        receiver.equals(ALL)
            || store.withHandle(Outbox::backlogs).stream()
                .anyMatch(backlog -> backlog.target().equals(receiver));
    if (!isKnown) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "--again is '"
              + receiver
              + "'; allowed are the receivers that this command lists, and "
              + ALL);
    }
    int sent =
        store.inTransaction(handle ->
            Outbox.sendAgain(handle, receiver.equals(ALL) ? null : receiver, Instant.now()));
    System.out.printf("%d callbacks are sent again%n", sent);
  }

  private static void show(List<Outbox.Backlog> backlogs) {
    if (backlogs.isEmpty()) {
      System.out.println("No callback waits, and none was given up within a week");
      return;
    }
    System.out.printf("%-40s %8s %10s %9s%n", "receiver", "waiting", "oldest", "given up");
    for (Outbox.Backlog backlog : backlogs) {
      System.out.printf(
          "%-40s %8d %10s %9d%n",
          backlog.target(), backlog.waiting(), age(backlog.oldest()), backlog.givenUp());
    }
  }

  private static String age(@Nullable Instant since) {
    if (since == null) {
      return "-";
    }
    Duration age = Duration.between(since, Instant.now());
    return Durations.text(Duration.ofSeconds(Math.max(0, age.toSeconds())));
  }
}
