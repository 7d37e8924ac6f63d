package org.pagereel.server.tools.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.server.faces.agora.AgoraTokens;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.config.SettingsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./pagereel token}. */
@Command(
    name = "token",
    description = "Print a token for the control API, such as a client's own server makes it.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "the server's data folder (${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(names = "--config", paramLabel = "FILE", description = "settings (DIR/pagereel.yaml)")
  private @Nullable Path config;

  @Option(names = "--app", paramLabel = "ID", description = "the app (the first in the settings)")
  private @Nullable String appId;

  @Option(
      names = "--user",
      paramLabel = "UUID",
      description = "for this user (for everything in the app)")
  private @Nullable String user;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "how long it is good (${DEFAULT-VALUE})")
  private Duration life = Duration.ofHours(24);

  @Override
  public Integer call() throws Exception {
    Path file = ServerSettings.file(config, data);
    if (!Files.exists(file)) {
      throw new RecordingFailure(
          FailureCategory.USER, "No settings " + file + "; start ./pagereel serve once");
    }
    List<App> apps = SettingsFile.read(file).apps();
    App app =
        apps.stream()
            .filter(one -> appId == null || one.id().equals(appId))
            .findFirst()
            .orElseThrow(() ->
                new RecordingFailure(
                    FailureCategory.USER,
                    "--app is "
                        + appId
                        + "; the settings have "
                        + apps.stream().map(App::id).toList()));
    System.out.println(
        user == null ? AgoraTokens.forApp(app, life) : AgoraTokens.forUser(app, user, life));
    return ExitCode.OK;
  }
}
