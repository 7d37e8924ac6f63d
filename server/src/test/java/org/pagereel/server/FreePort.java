package org.pagereel.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback that nobody listens to, for a server that must know its own address. It is
 * none of the ports that the kernel gives to outgoing connections: one of those could be taken by
 * any client's connection between this look and the server's start.
 */
public final class FreePort {
  private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_081; // Chromium refuses some below
  private static final int HIGHEST = 65_535;

  private static final int ATTEMPTS = 100;

  /** Two tests that run side by side must not be given the same. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  public static int find() throws IOException {
    int firstOutgoing;
    int lastOutgoing;
    try (Scanner range = new Scanner(OUTGOING, StandardCharsets.US_ASCII)) {
      firstOutgoing = range.nextInt();
      lastOutgoing = range.nextInt();
    }
    boolean isRoomBelow = firstOutgoing > LOWEST + ATTEMPTS;
    int from = isRoomBelow ? LOWEST : Math.min(lastOutgoing + 1, HIGHEST - ATTEMPTS);
    int to = isRoomBelow ? firstOutgoing : HIGHEST;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(from, to);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new BindException("no free port from " + from + " to " + (to - 1));
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    }
  }
}
