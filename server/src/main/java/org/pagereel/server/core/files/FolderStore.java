package org.pagereel.server.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.wire.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Files on this machine: a folder for each id, in which recorders also work. */
public final class FolderStore implements FileStore {
  private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);

  /** Neither ids nor names lead anywhere else. */
  private static final String PLAIN = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}";

  /** These stand in addresses. */
  private static final String REPLAYED = "[A-Za-z0-9][A-Za-z0-9._-]{0,150}\\.mp4";

  private final Path folder;

  public FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Path workplace(String id) {
    return folder.resolve(id);
  }

  @Override
  public Optional<Report> report(String id) {
    return read(id, Report.FILE, Report.class);
  }

  @Override
  public Optional<StreamFiles> streams(String id) {
    return read(id, StreamFiles.FILE, StreamFiles.class);
  }

  @Override
  public Optional<ReplayResult> replayed(String id) {
    Optional<ReplayResult> result = read(id, ReplayResult.FILE, ReplayResult.class);
    if (result.isPresent()) {
      for (StreamFile made : result.get().files().files()) {
        if (!made.file().matches(REPLAYED) || !has(id, made.file())) {
          LOG.error("{} of {} names {}, which it has not", ReplayResult.FILE, id, made.file());
          return Optional.empty();
        }
      }
    }
    return result;
  }

  @Override
  public boolean hasUnmadeSlices(String id) {
    return has(id, Report.FILE) // else nothing was recorded, or it is no recording
        && report(id).filter(Report::filesAreMade).isEmpty()
        && hasSlices(id);
  }

  private boolean hasSlices(String id) {
    try (Stream<Path> files = Files.list(folder.resolve(id))) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".ts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean has(String id, String file) {
    return file.matches(PLAIN) && Files.isRegularFile(folder.resolve(id).resolve(file));
  }

  @Override
  public Optional<StoredFile> open(String id, String file) throws IOException {
    return id.matches(PLAIN) && has(id, file)
        ? Optional.of(new Open(FileChannel.open(folder.resolve(id).resolve(file))))
        : Optional.empty();
  }

  @Override
  public void delete(String id) {
    Path own = folder.resolve(id);
    if (!id.matches(PLAIN) || !Files.exists(own)) {
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

  private <T> Optional<T> read(String id, String file, Class<T> type) {
    if (!has(id, file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Json.LINES.readValue(Files.readString(folder.resolve(id).resolve(file)), type));
    } catch (IOException | JacksonException | NullPointerException e) {
      LOG.error("Cannot read {} of {}", file, id, e);
      return Optional.empty();
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
