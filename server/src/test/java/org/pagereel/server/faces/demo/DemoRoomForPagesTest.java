package org.pagereel.server.faces.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.pagereel.server.platform.network.OwnService;

/** What recorded pages may ask of this server. */
class DemoRoomForPagesTest {
  private static final InetSocketAddress LISTEN =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

  @Test
  void theDemoRoomWhereItIsOpen() {
    OwnService own = new OwnService(LISTEN, true);
    assertThat(own.allows("/demo-room/101/messages?after=0&for=emma@example.com")).isTrue();
    assertThat(own.allows("/demo-room/101/board")).isTrue();
    assertThat(own.allows("/demo-room/101/other")).isFalse();
    assertThat(own.allows("/demo-room/../messages")).isFalse();
    assertThat(own.allows("/demo-room/1/2/board")).isFalse();
    assertThat(own.allows("/metrics")).isFalse();
  }

  @Test
  void notWhereItIsOff() {
    OwnService own = new OwnService(LISTEN, false);
    assertThat(own.allows("/demo-room/101/messages")).isFalse();
    assertThat(own.allows("/demo-room/101/board")).isFalse();
    assertThat(own.allows("/record-page/room/record.html")).isTrue();
  }
}
