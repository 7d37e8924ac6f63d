package org.pagereel.server.tools.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.Report;

/** The folder that one recording goes to; it never mixes with another's. */
record OutFolder(Path path) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  static OutFolder of(@Nullable Path asked, String id) {
    Path path =
        asked != null
            ? asked
            : Path.of(
                "recordings", TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + "-" + id);
    return new OutFolder(path.toAbsolutePath().normalize());
  }

  void create() {
    if (Files.exists(path.resolve(Report.FILE))) {
      throw unusable("it holds another recording; choose a new folder", null);
    }
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, ".can-write", ""));
    } catch (IOException e) {
      throw unusable("it cannot be written to: " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + " is no folder";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private RecordingFailure unusable(String why, @Nullable IOException cause) {
    String message = "--out is " + path + "; " + why;
    return cause == null
        ? new RecordingFailure(FailureCategory.USER, message)
        : new RecordingFailure(FailureCategory.USER, message, cause);
  }
}
