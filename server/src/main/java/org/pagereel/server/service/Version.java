package org.pagereel.server.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** This program's version, as the build wrote it. */
final class Version {
  private static final String FILE = "/pagereel-version.properties";

  private Version() {}

  static String own() {
    try (InputStream file = Objects.requireNonNull(Version.class.getResourceAsStream(FILE), FILE)) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
