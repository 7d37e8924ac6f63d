package org.pagereel.server.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import org.pagereel.recorder.Durations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The YAML file with the settings. */
public final class SettingsFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
          .build();

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private SettingsFile() {}

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException names the file, the key and what is wrong
   */
  public static Settings read(Path file) {
    try {
      WrittenSettings written = YAML.readValue(Files.readString(file), WrittenSettings.class);
      if (written == null) {
        throw new IllegalArgumentException("it is empty");
      }
      return written.meaning();
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read the settings " + file + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Settings " + file + ": " + e.getMessage(), e);
    } catch (JacksonException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
      String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException("Settings " + file + ": " + named(e, message), e);
    }
  }

  /** Our own messages name the key; the library's do so only in a path behind them. */
  private static String named(JacksonException e, String message) {
    String path =
        e.getPath().stream()
            .map(JacksonException.Reference::getPropertyName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    String key = path.substring(path.lastIndexOf('.') + 1);
    return message.contains(key) ? message : path + ": " + message;
  }

  /** Writes a first file with one app for each API, readable by this account only. */
  public static Settings create(Path file) {
    String text =
        """
        # Pagereel's settings; docs/CONFIGURATION.md lists all of them.
        apps:
          - id: %s
            certificate: %s
            # Rooms need not be created before they are recorded; false answers 404 for unknown ones.
            openRooms: true
        # The same for a client that speaks Tencent's API.
        tencent:
          - secretId: AKID%s
            secretKey: %s
            apps:
              - sdkAppId: 1400000001
                key: %s
                # Who may create groups and write into them by the messages' API.
                admins: [administrator]
        """
            .formatted(random(16), random(16), letters(32), letters(32), random(32));
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot write the settings " + file + ": " + e, e);
    }
    return read(file);
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static String letters(int length) {
    return new SecureRandom()
        .ints(length, 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static final class DurationReader extends ValueDeserializer<Duration> {
    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) {
      return Durations.parse(parser.getString());
    }
  }
}
