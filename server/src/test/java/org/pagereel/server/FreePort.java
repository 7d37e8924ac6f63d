package org.pagereel.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback that nobody listens to, for a server that must know its own address. It lies
 * below the ports that the kernel gives to outgoing connections: one of those could be taken by any
 * client's connection between this look and the server's start.
 */
public final class FreePort {
  private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_000;

  private FreePort() {}

  public static int find() throws IOException {
    int firstOutgoing;
    try (Scanner range = new Scanner(OUTGOING, StandardCharsets.US_ASCII)) {
      firstOutgoing = range.nextInt();
    }
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, firstOutgoing);
      if (isFree(port)) {
        return port;
      }
    }
    throw new BindException("no free port from " + LOWEST + " to " + (firstOutgoing - 1));
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    }
  }
}
