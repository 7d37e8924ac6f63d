package org.pagereel.server.platform.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a page's parameters stand. */
class PageAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.b/page, https://a.b/page?x=1&y=%26%3F",
    "https://a.b/page?, https://a.b/page?x=1&y=%26%3F",
    "https://a.b/page?language=zh, https://a.b/page?language=zh&x=1&y=%26%3F",
    "https://a.b/page?language=zh&, https://a.b/page?language=zh&x=1&y=%26%3F",
    // A route keeps its place and has its own query.
    "https://a.b/#/record, https://a.b/#/record?x=1&y=%26%3F",
    "https://a.b/#!/record, https://a.b/#!/record?x=1&y=%26%3F",
    "https://a.b/#/record?language=zh, https://a.b/#/record?language=zh&x=1&y=%26%3F",
    "https://a.b/?v=2#/record?language=zh, https://a.b/?v=2#/record?language=zh&x=1&y=%26%3F",
    // One that was given its language in front of the fragment has the rest there.
    "https://a.b/?language=zh#/record, https://a.b/?language=zh&x=1&y=%26%3F&#/record",
    "https://a.b/page#top, https://a.b/page?x=1&y=%26%3F&#top",
    "https://a.b/page#, https://a.b/page?x=1&y=%26%3F&#",
  })
  void parametersStandWhereThePageReadsThem(String root, String address) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("x", "1");
    parameters.put("y", "&?");
    assertThat(PageAddress.of(root, parameters)).isEqualTo(address);
    assertThat(vendorsParser(address)).containsEntry("x", "1").containsEntry("y", "%26%3F");
  }

  /** As the vendor's pages do: what follows the last question mark, the first of a name. */
  private static Map<String, String> vendorsParser(String address) {
    Map<String, String> read = new LinkedHashMap<>();
    for (String pair : address.substring(address.lastIndexOf('?') + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      read.putIfAbsent(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return read;
  }
}
