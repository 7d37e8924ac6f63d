package org.pagereel.server.faces.agora;

import java.util.List;
import java.util.stream.Stream;

/** Addresses that nobody may make this server or its pages open. */
public final class HostileAddresses {
  /** This machine in many spellings; browsers understand more of them than Java does. */
  private static final List<String> THIS_MACHINE =
      List.of(
          "127.0.0.1",
          "127.0.0.1.",
          "localhost",
          "LOCALHOST",
          "localhost.",
          "sub.localhost",
          "127.1",
          "127.0.1",
          "0",
          "0.0.0.0",
          "2130706433",
          "0x7f000001",
          "017700000001",
          "0x7f.1",
          "0x7f.0.0.1",
          "0177.0.0.1",
          "127.0.0.3",
          "127.127.127.127",
          "[::1]",
          "[0:0:0:0:0:0:0:1]",
          "[::]",
          "[::ffff:127.0.0.1]",
          "[::ffff:7f00:1]",
          "[::127.0.0.1]",
          "[::7f00:1]",
          "[::ffff:0:7f00:1]",
          "[64:ff9b::7f00:1]",
          "[64:ff9b:1::7f00:1]",
          "[2002:7f00:1::]",
          "[2001:0:7f00:1::]",
          "１２７.0.0.1",
          "127。0。0。1",
          "①②⑦.0.0.1",
          "flip.test",
          "localhost.test",
          "six.test",
          "compatible.test",
          "nat64.test",
          "both.test");

  private static final List<String> ELSEWHERE =
      List.of(
          "http://169.254.169.254/latest/meta-data/",
          "http://metadata.test/latest/meta-data/",
          "http://[fd00:ec2::254]/latest/",
          "http://100.100.100.200/latest/meta-data/",
          "http://192.0.0.192/opc/v1/instance/",
          "http://168.63.129.16/machine/",
          "http://inside.test/",
          "http://site.test/",
          "http://10.0.0.1/",
          "http://172.16.0.1/",
          "http://192.168.0.1/",
          "http://100.64.0.1/",
          "http://198.18.0.1/",
          "http://203.0.113.1/",
          "http://224.0.0.1/",
          "http://240.0.0.1/",
          "http://255.255.255.255/",
          "http://[fe80::1]/",
          "http://[fec0::1]/",
          "http://[fc00::1]/",
          "http://[ff02::1]/",
          "http://[2001:db8::1]/",
          "http://[3fff::1]/");

  private HostileAddresses() {}

  /**
   * All of them.
   *
   * @param port of a service of this machine that nobody may reach
   * @param own the server, whose own paths are not for everybody
   */
  public static List<String> of(int port, String own) {
    return Stream.of(of(port), ofServer(own)).flatMap(List::stream).toList();
  }

  /** Those that do not lead to the server itself. */
  public static List<String> of(int port) {
    return Stream.concat(
            THIS_MACHINE.stream().map(host -> "http://" + host + ":" + port + "/"),
            ELSEWHERE.stream())
        .toList();
  }

  private static List<String> ofServer(String own) {
    return List.of(
        own + "/metrics",
        own + "/health",
        own + "/recordings/x/page.mp4",
        own + "/record-page/../metrics",
        own + "/record-page/%2e%2e/metrics",
        own.replace("127.0.0.1", "localhost") + "/metrics");
  }
}
