package org.pagereel.recorder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sockets of X displays whose server is gone. Xvfb removes its socket when it ends by TERM and
 * leaves it when it is killed, or ended before it could say its number; and with {@code -displayfd}
 * it makes no lock file that would tell whose the socket was. So those are removed that belong to
 * the account that our servers run under, and that nobody can reach any more.
 */
final class DeadDisplays {
  private static final Path FOLDER = Path.of("/tmp/.X11-unix");
  private static final Path SOCKETS = Path.of("/proc/net/unix");
  private static final Pattern NAME = Pattern.compile("X\\d{1,9}");

  private DeadDisplays() {}

  static void remove(Account account) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        if (NAME.matcher(file.getFileName().toString()).matches()
            && account.owns(file)
            && isDead(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // They, or their folder, may be gone meanwhile, and whoever comes next looks again.
    }
  }

  /** A server that begins has its socket before it listens: then the system lists it already. */
  private static boolean isDead(Path socket) throws IOException {
    return !isListenedTo(socket) && !isListed(socket);
  }

  /** Also by a server in another network namespace, whose sockets the system does not list. */
  private static boolean isListenedTo(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false); // whoever listens need not accept
      channel.connect(UnixDomainSocketAddress.of(socket));
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private static boolean isListed(Path socket) throws IOException {
    // Other programs' names may be anything.
    List<String> listed = Files.readAllLines(SOCKETS, StandardCharsets.ISO_8859_1);
    return listed.stream().anyMatch(line -> line.endsWith(" " + socket));
  }
}
