package org.pagereel.recorder.child;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file of an X display's socket. Xvfb removes it when it ends by TERM and leaves it when it is
 * killed; with {@code -displayfd} it makes no lock file that would tell whose the socket was.
 */
record DisplaySocket(Path path) {
  private static final Path FOLDER = Path.of("/tmp/.X11-unix");
  private static final Pattern LISTED = Pattern.compile("(\\d+) (" + FOLDER + "/X\\d{1,9})$");
  private static final Pattern INODE = Pattern.compile("socket:\\[(\\d+)]");

  /** The socket of a display, such as {@code :3}; empty for what is no display. */
  static Optional<DisplaySocket> of(String display) {
    return display.matches(":\\d{1,9}")
        ? Optional.of(new DisplaySocket(FOLDER.resolve("X" + display.substring(1))))
        : Optional.empty();
  }

  /** The sockets of this process's displays, as the system lists them. */
  static List<DisplaySocket> of(ProcessHandle process) {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    try (Stream<Path> files = Files.list(proc.resolve("fd"));
        Stream<String> listed = Files.lines(proc.resolve("net/unix"))) {
      Set<String> inodes =
          files
              .map(DisplaySocket::target)
              .map(INODE::matcher)
              .filter(Matcher::matches)
              .map(match -> match.group(1))
              .collect(Collectors.toSet());
      return listed
          .map(LISTED::matcher)
          .filter(match -> match.find() && inodes.contains(match.group(1)))
          .map(match -> new DisplaySocket(Path.of(match.group(2))))
          .toList();
    } catch (IOException | RuntimeException e) {
      return List.of(); // it is gone already, or not ours to look into
    }
  }

  /** Removes the file if nobody listens there: another display may have the number by now. */
  void removeIfDead() {
    try {
      if (Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()
          && !isListenedTo()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It is gone, or not ours to remove.
    }
  }

  private boolean isListenedTo() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException e) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
