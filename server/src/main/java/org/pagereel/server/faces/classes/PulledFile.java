package org.pagereel.server.faces.classes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.PulledHistory;
import org.pagereel.server.faces.im.PulledMessage;
import org.pagereel.server.faces.im.PulledPage;
import org.pagereel.server.faces.im.SeqRange;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pulled pages in a file, in the order in which they came: each a line {@code
 * {"bytes","lowest","messages","holes"}}, so many bytes of messages, oldest first, and an empty
 * line. A page that a crash cut off is not there. In memory there are two numbers for each page.
 */
final class PulledFile implements PulledHistory, AutoCloseable {
  private record Block(long at, int bytes) {}

  private final MessageLine line;
  private final RandomAccessFile file;
  private final List<Block> blocks = new ArrayList<>();
  private long lowest;
  private long messages;
  private long holes;

  PulledFile(Path path, MessageLine line) throws IOException {
    this.line = line;
    this.file = new RandomAccessFile(path.toFile(), "rw");
    try {
      file.setLength(read());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Returns where the last whole page ends. */
  private long read() throws IOException {
    long end = 0;
    file.seek(0);
    // A page's size comes first: it can be stepped over.
    for (String head = file.readLine(); head != null; head = file.readLine()) {
      long at = file.getFilePointer();
      @Nullable JsonNode page = json(head);
      int bytes = page == null ? -1 : page.path("bytes").asInt(-1);
      if (page == null || bytes < 0 || at + bytes >= file.length()) {
        return end;
      }
      file.seek(at + bytes);
      if (file.read() != '\n') {
        return end;
      }
      end = file.getFilePointer();
      note(page, new Block(at, bytes));
    }
    return end;
  }

  private static @Nullable JsonNode json(String line) {
    try {
      return Json.LINES.readTree(line);
    } catch (JacksonException e) {
      return null;
    }
  }

  private void note(JsonNode page, Block block) {
    blocks.add(block);
    lowest = page.path("lowest").asLong(0);
    messages += page.path("messages").asLong(0);
    holes += page.path("holes").asLong(0);
  }

  @Override
  public OptionalLong lowest() {
    return blocks.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lowest);
  }

  @Override
  public void add(PulledPage page) {
    try {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (PulledMessage message : page.messages().reversed()) {
        lines.writeBytes((line.of(message) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      ObjectNode head =
          Json.LINES
              .createObjectNode()
              .put("bytes", lines.size())
              .put("lowest", page.lowest())
              .put("messages", page.messages().size())
              .put("holes", page.holes().stream().mapToLong(SeqRange::size).sum());
      long begin = file.length();
      file.seek(begin);
      byte[] first = (head + "\n").getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(first);
      lines.writeTo(all);
      all.write('\n');
      file.write(all.toByteArray());
      note(head, new Block(begin + first.length, lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all messages in the order in which they were sent. */
  WrittenMessages writeOldestFirst(Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      for (Block block : blocks.reversed()) {
        byte[] lines = new byte[block.bytes()];
        file.seek(block.at());
        file.readFully(lines);
        out.write(lines);
      }
    }
    return new WrittenMessages(messages, holes);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
