package org.pagereel.server.service;

import java.io.IOException;
import java.nio.file.Path;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;

/** A whole server with real recorders, as a process of its own. */
public final class NodeService {
  private NodeService() {}

  /** Serves until it is ended: settings file, data folder, address, pages. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Settings settings = SettingsFile.read(Path.of(arguments[0])).listening(arguments[2]);
    Service service = Service.open(settings, Path.of(arguments[1]), Path.of(arguments[3]));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
