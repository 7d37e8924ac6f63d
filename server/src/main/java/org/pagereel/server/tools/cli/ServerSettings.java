package org.pagereel.server.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.config.TencentAccount;
import org.pagereel.server.service.DataFolder;

/** Finds the settings of a server, or makes first ones. */
final class ServerSettings {
  private ServerSettings() {}

  static Path file(@Nullable Path config, Path data) {
    return config == null ? data.resolve("pagereel.yaml") : config;
  }

  static Settings of(@Nullable Path config, Path data) throws IOException {
    Path file = file(config, data);
    if (config != null || Files.exists(file)) {
      return SettingsFile.read(file);
    }
    DataFolder.make(data);
    Settings first = SettingsFile.create(file);
    Settings.App app = first.apps().getFirst();
    System.out.println("Made an app and wrote it to " + file + ":");
    System.out.println("  appId        " + app.id());
    System.out.println("  certificate  " + app.certificate());
    TencentAccount account = first.tencent().getFirst();
    System.out.println("and for clients that speak Tencent's API:");
    System.out.println("  secretId     " + account.secretId());
    System.out.println("  secretKey    " + account.secretKey());
    System.out.println("  sdkAppId     " + account.apps().getFirst().sdkAppId());
    return first;
  }
}
