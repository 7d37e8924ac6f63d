package org.pagereel.server.faces.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagereel.server.FreePort;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.service.Service;

/** A whole server in this process, without apps: its demo room is what is looked at. */
final class DemoServer implements AutoCloseable {
  final int port;
  private final Service service;

  /** Starts it with further lines of settings. */
  DemoServer(Path folder, String yaml) throws IOException {
    port = FreePort.find();
    Path file =
        Files.writeString(
            folder.resolve("settings.yaml"), "listen: 127.0.0.1:" + port + "\n" + yaml);
    Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    service = Service.open(SettingsFile.read(file), folder.resolve("data"), pages);
  }

  String base() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    service.close();
  }
}
