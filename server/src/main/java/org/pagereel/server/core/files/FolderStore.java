package org.pagereel.server.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pagereel.recorder.PlainText;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Files on this machine: a folder for each id, in which recorders also work. */
public final class FolderStore implements FileStore {
  private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);

  /** Neither ids nor names lead anywhere else. */
  private static final String PLAIN = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}";

  private static final int MAX_REMEMBERED = 10_000;

  /** These stand in addresses. */
  private static final String REPLAYED = "[A-Za-z0-9][A-Za-z0-9._-]{0,150}\\.mp4";

  private final Path folder;

  /** Of files that cannot be read this is said once. */
  private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();

  public FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Path workplace(String id) {
    if (!id.matches(PLAIN)) {
      throw new IllegalArgumentException("No id: " + PlainText.of(id));
    }
    return folder.resolve(id);
  }

  @Override
  public Optional<Report> report(String id) {
    return read(id, Report.FILE, file -> ReportFile.read(workplace(id)), FolderStore::isWhole);
  }

  /** Every recorder writes these lists. */
  private static boolean isWhole(Report report) {
    return report.slices() != null && report.videos().stream().noneMatch(Objects::isNull);
  }

  private static boolean isWhole(StreamFiles streams) {
    return streams.files().stream().noneMatch(Objects::isNull);
  }

  @Override
  public Optional<StreamFiles> streams(String id) {
    return read(id, StreamFiles.FILE, parsed(StreamFiles.class), FolderStore::isWhole);
  }

  @Override
  public Optional<ReplayResult> replayed(String id) {
    return read(id, ReplayResult.FILE, parsed(ReplayResult.class), result -> hasAll(id, result));
  }

  private boolean hasAll(String id, ReplayResult result) {
    return result.files().files().stream()
        .map(StreamFile::file)
        .allMatch(file -> file.matches(REPLAYED) && has(id, file));
  }

  @Override
  public boolean hasUnmadeSlices(String id) {
    return has(id, Report.FILE) // else nothing was recorded, or it is no recording
        && report(id).filter(Report::filesAreMade).isEmpty()
        && hasSlices(id);
  }

  private boolean hasSlices(String id) {
    try (Stream<Path> files = Files.list(workplace(id))) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".ts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean has(String id, String file) {
    return id.matches(PLAIN)
        && file.matches(PLAIN)
        && Files.isRegularFile(workplace(id).resolve(file));
  }

  @Override
  public Optional<StoredFile> open(String id, String file) throws IOException {
    try {
      return has(id, file)
          ? Optional.of(new Open(FileChannel.open(workplace(id).resolve(file))))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // deleted just now
    }
  }

  @Override
  public void delete(String id) {
    Path own = workplace(id);
    if (!Files.exists(own)) {
      return;
    }
    try (Stream<Path> all = Files.walk(own)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what a recorder has written. */
  private interface Reader<T> {
    T read(Path file) throws IOException;
  }

  private static <T> Reader<T> parsed(Class<T> type) {
    return file -> Json.LINES.readValue(Files.readString(file), type);
  }

  /** Empty also if what it says is not complete. */
  private <T> Optional<T> read(String id, String name, Reader<T> reader, Predicate<T> isComplete) {
    if (!has(id, name)) {
      return Optional.empty();
    }
    Path file = workplace(id).resolve(name);
    try {
      T read = reader.read(file);
      if (isComplete.test(read)) {
        return Optional.of(read);
      }
      warnOnce(file, "is not complete");
    } catch (NoSuchFileException e) {
      LOG.debug("Deleted just now: {}", file);
    } catch (IOException | JacksonException | NullPointerException e) {
      warnOnce(file, "cannot be read: " + e);
    }
    return Optional.empty();
  }

  private void warnOnce(Path file, String what) {
    if (unreadable.size() < MAX_REMEMBERED && unreadable.add(file)) {
      LOG.error("{} {}", file, what);
    }
  }

  private record Open(FileChannel channel, long size) implements StoredFile {
    Open(FileChannel channel) throws IOException {
      this(channel, channel.size());
    }

    @Override
    public InputStream from(long position) throws IOException {
      channel.position(position);
      return Channels.newInputStream(channel);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
