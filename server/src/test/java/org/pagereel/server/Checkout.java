package org.pagereel.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of this checkout whose Maven is a script: it takes the classes that this test runs with,
 * or deletes them when a file {@code broken} lies in the copy, as a compiler does at work. Each of
 * its runs adds a line to {@code maven.log}.
 */
final class Checkout {
  private static final Path REAL = Path.of(System.getProperty("pagereel.home")).toAbsolutePath();
  private static final List<String> CLASSES = List.of("recorder", "server");

  final Path folder;
  private final Path home;

  Checkout(Path parent) throws Exception {
    folder = parent;
    home = Files.createDirectories(parent.resolve("check out"));
    for (String part : List.of("pagereel", "launcher", "recorder/bin", "record-page/pages")) {
      Files.createDirectories(home.resolve(part).getParent());
      run("cp", "-R", REAL.resolve(part).toString(), home.resolve(part).toString());
    }
    for (String module : CLASSES) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Path target = Files.createDirectories(home.resolve(module).resolve("target"));
      String classes = REAL.resolve(module).resolve("target/classes").toString();
      run("cp", "-R", classes, target.toString());
    }
    String driver = REAL.resolve("recorder/target/playwright").toString();
    String target = home.resolve("recorder/target").toString();
    run("sh", "-c", "cp -Rl \"$0\" \"$1\" 2>/dev/null || cp -Rf \"$0\" \"$1\"", driver, target);
    Files.writeString(home.resolve("server/target/libraries"), libraries());
    Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        [ "$1" != --version ] || exit 0
        echo run >>maven.log
        cp server/target/libraries server/target/classpath
        [ ! -e broken ] || find recorder/target/classes server/target/classes -name '*.class' -delete
        """);
    run("chmod", "+x", maven.toString());
  }

  Path file(String name) {
    return home.resolve(name);
  }

  /** A changed source: the next start builds. */
  void change() throws IOException {
    Files.writeString(file("server/src/main/Changed.java"), "// " + System.nanoTime());
  }

  /** Runs the launcher; its output goes to a file. */
  Launched launch(Path launcher, String... arguments) throws IOException {
    Path log = Files.createTempFile(folder, "launcher", ".log");
    // As in Cli: a script's background would ignore SIGINT.
    Stream<String> words =
        Stream.concat(
            Stream.of("env", "--default-signal=INT", launcher.toString()), Stream.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words.toList());
    builder.environment().put("PAGEREEL_NO_INSTALL", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, ours) -> ours + path);
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    return new Launched(builder.start(), log);
  }

  Launched launch(String... arguments) throws IOException {
    return launch(file("pagereel"), arguments);
  }

  int mavenRuns() throws IOException {
    return Files.readAllLines(file("maven.log")).size();
  }

  List<Path> builds() throws IOException {
    try (Stream<Path> files = Files.list(file(".pagereel/builds"))) {
      return files.sorted().toList();
    }
  }

  /** What is run now. */
  Path build() throws IOException {
    return file(".pagereel/builds").resolve(Files.readString(file(".pagereel/newest")).strip());
  }

  record Launched(Process process, Path log) {
    String output() throws IOException {
      return Files.readString(log);
    }

    /** Its output, when it has ended. */
    String end() throws Exception {
      process.waitFor();
      return output();
    }
  }

  /** Maven's list: the recorder's classes and the jars. */
  private String libraries() {
    String jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith(".jar") && !entry.startsWith(REAL.toString()))
            .reduce("", (all, entry) -> all + File.pathSeparator + entry);
    return home.resolve("recorder/target/classes") + jars;
  }

  static void run(String... words) throws Exception {
    int code = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (code != 0) {
      throw new AssertionError(List.of(words) + " ended with " + code);
    }
  }
}
