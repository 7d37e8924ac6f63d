package org.pagereel.recorder.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Ends and removes whatever a recording that died left behind, found by its {@link Label}. */
public final class Leftovers {
  private static final Path PROC = Path.of("/proc");

  private Leftovers() {}

  /** Does so for every label that begins like this: all that a node's last run has left. */
  public static void reapAll(String prefix) {
    Set<String> labels = new HashSet<>();
    try (Stream<Path> all = Files.list(PROC)) {
      all.map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .flatMap(pid -> labels(pid, prefix))
          .forEach(labels::add);
    } catch (IOException e) {
      // No list, no leftovers that we could find.
    }
    Scratch.labels().stream().filter(label -> label.startsWith(prefix)).forEach(labels::add);
    labels.forEach(Leftovers::reap);
  }

  /**
   * Removes the folders of this account's recordings of which nothing lives any more: everything
   * was killed at once, together with whoever would have tidied up.
   */
  public static void reapAbandoned() {
    Scratch.labels().stream().filter(label -> processes(label).isEmpty()).forEach(Leftovers::reap);
  }

  private static Stream<String> labels(String pid, String prefix) {
    return Stream.of(environment(pid).split("\0", -1))
        .filter(entry -> entry.startsWith(Label.VARIABLE + "=" + prefix))
        .map(entry -> entry.substring(Label.VARIABLE.length() + 1))
        .filter(Label::isValid);
  }

  /** Ends the recording's processes and removes its scratch folder. Safe to repeat. */
  public static void reap(String recordingId) {
    // Xvfb removes its socket on TERM, which the system sent it when its parent died.
    String labelled = Label.VARIABLE + "=" + recordingId;
    if (!ended(labelled, Duration.ofSeconds(1), ProcessHandle::destroy)) {
      ended(labelled, Duration.ofSeconds(5), ProcessHandle::destroyForcibly);
    }
    DeadDisplays.remove(Account.ofThisProcess());
    Scratch.of(recordingId).delete();
  }

  /**
   * Ends what is left of the browser that writes into this folder, which is to be removed next: one
   * that is dying would make the folders of its profile anew.
   *
   * @param known its processes before it was closed: some have written over their environment
   */
  public static void endBrowser(Scratch scratch, List<ProcessHandle> known) {
    known.forEach(ProcessHandle::destroyForcibly);
    String writing = Scratch.VARIABLE + "=" + scratch.folder();
    ended(writing, Duration.ofSeconds(3), ProcessHandle::destroyForcibly);
    var _ =
        Await.until(Duration.ofSeconds(1), () -> known.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Signals every process until none is left or the deadline passes. */
  private static boolean ended(String entry, Duration deadline, Consumer<ProcessHandle> signal) {
    return Await.until(
        deadline,
        () -> {
          List<ProcessHandle> alive = carrying(entry);
          alive.forEach(signal);
          return alive.isEmpty();
        });
  }

  /** The living processes that carry the recording's label, this JVM left out. */
  public static List<ProcessHandle> processes(String recordingId) {
    return carrying(Label.VARIABLE + "=" + recordingId);
  }

  /** Those in whose environment it says so. */
  private static List<ProcessHandle> carrying(String entry) {
    try (Stream<Path> all = Files.list(PROC)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .filter(pid -> environment(pid).contains(entry + "\0") && !isZombie(pid))
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
          .filter(handle -> !handle.equals(ProcessHandle.current()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String environment(String pid) {
    return read(pid, "environ");
  }

  /** A zombie waits only for its parent to look at it; it counts as alive for ProcessHandle. */
  private static boolean isZombie(String pid) {
    String stat = read(pid, "stat");
    return stat.contains(") Z ");
  }

  private static String read(String pid, String file) {
    return Proc.read(PROC.resolve(pid).resolve(file));
  }
}
