package org.pagereel.recorder.process;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names the processes that somebody has stopped (SIGSTOP, a debugger), to explain a hang. */
public final class StoppedProcesses {
  /** The state follows the name, which may itself have brackets. */
  private static final Pattern STATE = Pattern.compile("(?s).*\\) (.) .*");

  private static final Pattern KIND =
      Pattern.compile("--type=([a-z-]+)(?:.*--utility-sub-type=([A-Za-z.]+))?", Pattern.DOTALL);

  private StoppedProcesses() {}

  /** Such as {@code chromium renderer 4711, Xvfb 4712}; empty if none is stopped. */
  public static String among(Stream<ProcessHandle> processes) {
    return processes
        .filter(process -> isStopped(process.pid()))
        .map(process -> name(process.pid()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean isStopped(long pid) {
    Matcher stat = STATE.matcher(Proc.read(Path.of("/proc", pid + "", "stat")));
    return stat.matches() && "Tt".contains(stat.group(1));
  }

  private static String name(long pid) {
    String words = Proc.commandLine(pid);
    String program = words.split("[\\x00 ]", 2)[0];
    Matcher kind = KIND.matcher(words);
    String type = kind.find() ? " " + (kind.group(2) == null ? kind.group(1) : kind.group(2)) : "";
    return program.substring(program.lastIndexOf('/') + 1) + type + " " + pid;
  }
}
