package org.pagereel.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Needs the right to raise priorities: root, or CAP_SYS_NICE. */
class RunningFirstTest {
  private static int nice(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc", pid + "", "stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(words[16]); // the 19th word of all
  }

  @Test
  void raisesWhatRunsAndWhatItStarts() throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "read line; sleep 60 & echo $!; wait").start();
    try {
      RunningFirst.let(Stream.of(shell.toHandle(), ProcessHandle.current()));
      assumeTrue(nice(shell.pid()) < 0, "this account may not raise priorities");
      assertThat(nice(shell.pid())).isEqualTo(-5);
      shell.getOutputStream().write('\n');
      shell.getOutputStream().flush();
      long later = Long.parseLong(shell.inputReader().readLine().strip());
      assertThat(nice(later)).isEqualTo(-5);
      assertThat(nice(ProcessHandle.current().pid())).isEqualTo(-5);
      ProcessHandle.of(later).ifPresent(ProcessHandle::destroyForcibly);
    } finally {
      shell.destroyForcibly();
      RunningFirst.end();
    }
    assertThat(nice(ProcessHandle.current().pid())).isZero();
  }

  @Test
  void staysBehindUntilItRuns() throws Exception {
    int before = nice(ProcessHandle.current().pid());
    RunningFirst.stayBehind();
    try {
      assumeTrue(nice(ProcessHandle.current().pid()) > before, "this account may not");
      RunningFirst.let(Stream.of(ProcessHandle.current()));
      assertThat(nice(ProcessHandle.current().pid())).isEqualTo(-5);
    } finally {
      RunningFirst.end();
    }
    assertThat(nice(ProcessHandle.current().pid())).isZero();
  }
}
