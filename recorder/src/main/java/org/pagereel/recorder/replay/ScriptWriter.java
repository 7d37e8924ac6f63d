package org.pagereel.recorder.replay;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LongSummaryStatistics;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened on the board, in the order in which it happened, as the replay page reads it: one
 * JSON object a line. Of a message only its time and its place in a file are kept in memory.
 */
final class ScriptWriter implements AutoCloseable {
  static final String FILE = "script.jsonl";

  /** The number of messages that can be told apart while they are sorted. */
  private static final int INDEX_BITS = 24;

  private final Path unsorted;
  private final OutputStream out;
  private final LongSummaryStatistics walls = new LongSummaryStatistics();
  private long[] times = new long[1024];
  private long[] ends = new long[1024];
  private int count;

  /** Collects in a file of its own below the folder. */
  ScriptWriter(Path folder) throws IOException {
    unsorted = folder.resolve("script.unsorted");
    out = new BufferedOutputStream(Files.newOutputStream(unsorted), 1 << 16);
  }

  /** Adds a line whose member {@code at} is an instant in Unix milliseconds. */
  void add(ObjectNode line) throws IOException {
    if (count == (1 << INDEX_BITS) - 1) {
      return; // sixteen million messages are no class
    }
    long wall = line.path("at").asLong(0);
    line.remove("at");
    byte[] rest = line.toString().substring(1).getBytes(StandardCharsets.UTF_8);
    out.write(rest);
    if (count == times.length) {
      times = Arrays.copyOf(times, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    times[count] = wall;
    ends[count] = (count == 0 ? 0 : ends[count - 1]) + rest.length;
    count++;
    walls.accept(wall);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Unix milliseconds of the first action; {@link #last} of the last one. */
  long first() {
    return walls.getMin();
  }

  long last() {
    return walls.getMax();
  }

  /** Writes it with times in milliseconds since {@code zero}; what is in it, in short. */
  String write(Path target, long zero) throws IOException {
    MessageDigest digest = FetchedFileName.sha256();
    out.flush();
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = (times[i] - walls.getMin()) << INDEX_BITS | i;
    }
    Arrays.sort(order);
    try (RandomAccessFile in = new RandomAccessFile(unsorted.toFile(), "r");
        BufferedWriter lines = Files.newBufferedWriter(target)) {
      for (long key : order) {
        int i = (int) (key & ((1 << INDEX_BITS) - 1));
        long start = i == 0 ? 0 : ends[i - 1];
        byte[] rest = new byte[(int) (ends[i] - start)];
        in.seek(start);
        in.readFully(rest);
        String at = "{\"at\":" + Math.max(0, times[i] - zero) + ",";
        digest.update(at.getBytes(StandardCharsets.US_ASCII));
        digest.update(rest);
        lines.write(at);
        lines.write(new String(rest, StandardCharsets.UTF_8));
        lines.write('\n');
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(unsorted);
  }
}
