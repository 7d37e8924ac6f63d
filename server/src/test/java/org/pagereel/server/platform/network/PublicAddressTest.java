package org.pagereel.server.platform.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recorded page may open by the address that clients use. */
class PublicAddressTest {
  private static final InetSocketAddress LISTEN =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

  @ParameterizedTest
  @CsvSource({
    "https://record.test, https, record.test, 443, ''",
    "https://Record.TEST/, https, record.test, 443, ''",
    "http://record.test, http, record.test, 80, ''",
    "https://record.test:8443/classes/, https, record.test, 8443, /classes",
    "https://[fd00::1]:8443, https, [fd00::1], 8443, ''"
  })
  void isRead(String text, String scheme, String host, int port, String path) {
    assertThat(PublicAddress.parse(text)).isEqualTo(new PublicAddress(scheme, host, port, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record.test",
        "ftp://record.test",
        "https://u@record.test",
        "https://record.test/?a=b",
        "",
        "https://a b"
      })
  void nothingElseIsTaken(String text) {
    assertThatThrownBy(() -> PublicAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("publicUrl");
  }

  @ParameterizedTest
  @CsvSource({
    "https://record.test/record-page/record_page.html?a=1, true",
    "https://RECORD.test:443/record-page/record_page.html, true",
    "https://record.test/metrics, false",
    "https://record.test/record-page/../metrics, false",
    "https://record.test:8443/record-page/record_page.html, false",
    "http://record.test/record-page/record_page.html, false",
    "https://sub.record.test/record-page/record_page.html, false",
    "https://record.test.example/record-page/record_page.html, false"
  })
  void pagesOfIt(String address, boolean allowed) {
    assertAllowed("https://record.test", address, allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "https://record.test/classes/record-page/record_page.html, true",
    "https://record.test/record-page/record_page.html, false",
    "https://record.test/classes/metrics, false",
    "https://record.test/classesrecord-page/x.html, false"
  })
  void belowAPath(String address, boolean allowed) {
    assertAllowed("https://record.test/classes", address, allowed);
  }

  /** The name leads to 127.0.0.1, or nowhere. */
  private static void assertAllowed(String publicUrl, String address, boolean allowed) {
    OwnService own = new OwnService(LISTEN, PublicAddress.parse(publicUrl), false);
    PageCheck check = new PageCheck(new AddressPolicy(List.of()), own);
    if (allowed) {
      check.require("rootUrl", address);
    } else {
      assertThatThrownBy(() -> check.require("rootUrl", address))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("rootUrl");
    }
  }
}
