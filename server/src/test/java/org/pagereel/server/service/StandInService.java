package org.pagereel.server.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.pagereel.server.faces.CoreServices;
import org.pagereel.server.faces.Face;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.supervisor.RecorderSettings;
import org.pagereel.server.platform.supervisor.Recorders;
import org.pagereel.server.platform.supervisor.StandIns;
import org.pagereel.server.platform.time.TimeSource;

/** A whole server whose recorders are stand-ins; also as a process of its own. */
public final class StandInService {
  private StandInService() {}

  public static Service open(Settings settings, Path data) {
    return open(settings, data, core -> List.of());
  }

  static Service open(Settings settings, Path data, Function<CoreServices, List<Face>> more) {
    return open(settings, data, (recorders, warm) -> StandIns.cameras(recorders), more);
  }

  static Service open(
      Settings settings,
      Path data,
      BiFunction<RecorderSettings, Integer, Recorders> recorders,
      Function<CoreServices, List<Face>> more) {
    Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    return Service.open(settings, data, pages, TimeSource.system(), recorders, more);
  }

  /** Serves until it is ended: settings file, data folder, address to listen on, and more. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Settings settings = SettingsFile.read(Path.of(arguments[0])).listening(arguments[2]);
    Service service = open(settings, Path.of(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
