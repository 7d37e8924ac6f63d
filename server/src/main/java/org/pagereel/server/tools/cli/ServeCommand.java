package org.pagereel.server.tools.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./pagereel serve}. */
@Command(
    name = "serve",
    description = "Record on request: the control API that classroom clients already speak.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "where to listen (" + Settings.DEFAULT_LISTEN + ")")
  private @Nullable String listen;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "where everything is kept (${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings (DIR/pagereel.yaml, made at the first start)")
  private @Nullable Path config;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "jdbc:postgresql://HOST/DATABASE for many machines (SQLite in DIR)")
  private @Nullable String database;

  @Option(
      names = "--warm",
      paramLabel = "N",
      description = "recorders that wait with an open browser (0)")
  private @Nullable Integer warm;

  @Override
  public Integer call() throws Exception {
    try {
      Settings settings =
          ServerSettings.of(config, data).listening(listen).warming(warm).storing(database);
      Path pages = Path.of(System.getProperty("pagereel.home", "."), "record-page", "pages");
      Service service = Service.open(settings, data.toAbsolutePath().normalize(), pages);
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    service.close();
                    ended.countDown();
                  },
                  "shutdown"));
      System.out.println("Listening on http://" + settings.listen());
      ended.await();
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new RecordingFailure(FailureCategory.USER, String.valueOf(e.getMessage()), e);
    }
  }
}
