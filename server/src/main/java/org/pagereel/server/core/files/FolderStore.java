package org.pagereel.server.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.PlainText;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.parts.EarlierParts;
import org.pagereel.recorder.slices.Playlist;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Files on this machine, or in a folder that all nodes share: a folder for each id, in which
 * recorders also work. Where several nodes may work on it, each has its part below that.
 */
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
  public Path workplace(String id, long part) {
    if (!id.matches(PLAIN)) {
      throw new IllegalArgumentException("No id: " + PlainText.of(id));
    }
    Path own = folder.resolve(id);
    return part == ALL ? own : own.resolve(NodePart.folder(part));
  }

  @Override
  public Optional<Report> report(String id) {
    return read(findReport(id), EarlierParts::report, FolderStore::isWhole);
  }

  /**
   * Where there is a playlist, what was recorded before is known; a later part may be as yet bare.
   */
  private Optional<Path> findReport(String id) {
    return find(id, Playlist.FILE)
        .map(playlist -> playlist.resolveSibling(Report.FILE))
        .filter(Files::isRegularFile)
        .or(() -> find(id, Report.FILE));
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
    return read(find(id, StreamFiles.FILE), parsed(StreamFiles.class), FolderStore::isWhole);
  }

  @Override
  public Optional<ReplayResult> replayed(String id) {
    return read(
        find(id, ReplayResult.FILE), parsed(ReplayResult.class), result -> hasAll(id, result));
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
    return folders(id).stream().anyMatch(FolderStore::hasSlices);
  }

  private static boolean hasSlices(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".ts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean has(String id, String file) {
    return find(id, file).isPresent();
  }

  private Optional<Path> find(String id, String file) {
    if (!id.matches(PLAIN) || !file.matches(PLAIN)) {
      return Optional.empty();
    }
    Path whole = folder.resolve(id).resolve(file);
    if (Files.isRegularFile(whole)) {
      return Optional.of(whole);
    }
    // Where there is a report there are no parts, or none that count any more.
    return Files.exists(whole.resolveSibling(Report.FILE))
        ? Optional.empty()
        : folders(id).stream()
            .map(part -> part.resolve(file))
            .filter(Files::isRegularFile)
            .findFirst();
  }

  /** Where files may lie, in the order in which they count: the whole, then the latest part. */
  private List<Path> folders(String id) {
    Path whole = workplace(id, ALL);
    try {
      List<Path> folders = new ArrayList<>(List.of(whole));
      folders.addAll(EarlierParts.folders(whole).reversed());
      return folders;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Path> before(String id, long part) {
    return folders(id).stream()
        .filter(folder -> NodePart.epoch(folder.getFileName().toString()).orElse(part) < part)
        .findFirst();
  }

  @Override
  public long bytes(String id, Predicate<String> names) {
    return folders(id).stream().limit(2).mapToLong(folder -> bytes(folder, names)).sum();
  }

  private static long bytes(Path folder, Predicate<String> names) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> names.test(file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void publish(String id) {
    Path whole = workplace(id, ALL);
    try {
      List<Path> parts = Files.exists(whole) ? EarlierParts.folders(whole) : List.of();
      Optional<Path> last = parts.reversed().stream().filter(FolderStore::hasBegun).findFirst();
      if (last.isPresent() && isComplete(last.get())) {
        moveUp(last.get(), whole);
      }
      if (isComplete(whole)) {
        parts.forEach(FolderStore::deleteTree);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasBegun(Path part) {
    return Files.exists(part.resolve(Report.FILE)) || Files.exists(part.resolve(ReplayResult.FILE));
  }

  private static boolean isComplete(Path folder) throws IOException {
    return ReportFile.find(folder).filter(Report::isOver).isPresent()
        || Files.exists(folder.resolve(ReplayResult.FILE));
  }

  /** Report and result come last: they say that all is there. */
  private static void moveUp(Path part, Path whole) throws IOException {
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.sorted(Comparator.comparing(FolderStore::isReport)).toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !EarlierParts.isNote(name)) {
          Files.move(file, whole.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }

  private static boolean isReport(Path file) {
    return file.endsWith(Report.FILE) || file.endsWith(ReplayResult.FILE);
  }

  @Override
  public Optional<StoredFile> open(String id, String file) throws IOException {
    try {
      Optional<Path> found = find(id, file);
      return found.isPresent()
          ? Optional.of(new Open(FileChannel.open(found.get())))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // deleted just now
    }
  }

  @Override
  public void delete(String id) {
    deleteTree(workplace(id, ALL));
  }

  private static void deleteTree(Path own) {
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
  private <T> Optional<T> read(Optional<Path> found, Reader<T> reader, Predicate<T> isComplete) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Path file = found.get();
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
