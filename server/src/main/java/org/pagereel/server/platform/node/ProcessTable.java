package org.pagereel.server.platform.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All processes at one moment: what they have used, by the process that they descend from. */
final class ProcessTable {
  /** {@code USER_HZ}, which is 100 on every Linux that Java runs on. */
  private static final long TICK_NANOS = 10_000_000;

  private static final long PAGE_BYTES = 4096;

  /**
   * What a tree of processes uses.
   *
   * @param nanos the processor time of those that live now
   * @param bytes memory that they share with nobody
   */
  record Use(long nanos, long bytes) {
    static final Use NONE = new Use(0, 0);

    Use plus(Use other) {
      return new Use(nanos + other.nanos, bytes + other.bytes);
    }
  }

  private record Row(long parent, Use use) {}

  private final Map<Long, Row> rows = new HashMap<>();

  private ProcessTable() {}

  /**
   * Reads it.
   *
   * @param proc {@code /proc}
   */
  static ProcessTable read(Path proc) {
    ProcessTable table = new ProcessTable();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
      all.forEach(table::add);
    } catch (IOException e) {
      // It tells nothing.
    }
    return table;
  }

  private void add(Path process) {
    List<String> lines = SystemFiles.lines(process.resolve("stat"));
    if (lines.isEmpty()) {
      return; // it has ended
    }
    // pid (name) state ppid …; the name may have blanks and brackets.
    String stat = String.join(" ", lines);
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(words[11]) + Long.parseLong(words[12]);
    List<String> pages = SystemFiles.words(process.resolve("statm"));
    long own = pages.size() < 3 ? 0 : Long.parseLong(pages.get(1)) - Long.parseLong(pages.get(2));
    rows.put(
        Long.parseLong(process.getFileName().toString()),
        new Row(Long.parseLong(words[1]), new Use(ticks * TICK_NANOS, own * PAGE_BYTES)));
  }

  /** Of each of these processes together with all that descend from it. */
  Map<Long, Use> trees(Set<Long> roots) {
    Map<Long, List<Long>> children = new HashMap<>();
    rows.forEach(
        (pid, row) -> children.computeIfAbsent(row.parent(), none -> new ArrayList<>()).add(pid));
    Map<Long, Use> uses = new HashMap<>();
    for (long root : roots) {
      uses.put(root, tree(root, children));
    }
    return uses;
  }

  private Use tree(long pid, Map<Long, List<Long>> children) {
    Row row = rows.get(pid);
    if (row == null) {
      return Use.NONE;
    }
    Use use = row.use();
    for (long child : children.getOrDefault(pid, List.of())) {
      use = use.plus(tree(child, children));
    }
    return use;
  }
}
