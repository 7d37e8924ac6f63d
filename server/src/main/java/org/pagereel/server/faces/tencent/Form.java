package org.pagereel.server.faces.tencent;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.pagereel.server.platform.http.Quote;

/** Parameters as a query or a form's body has them, decoded and sorted by name. */
final class Form {
  private Form() {}

  /** Those of a GET, or of a POST with a form; none of a POST with JSON. */
  static Map<String, String> of(WireRequest request) {
    if (!request.isPost()) {
      return parse(request.rawQuery());
    }
    return request.isForm()
        ? parse(new String(request.body(), StandardCharsets.UTF_8))
        : Collections.emptyMap();
  }

  /**
   * Reads them.
   *
   * @throws TiwError a name twice: which value counts would be anybody's guess, and the signature
   *     is over one of them only
   */
  private static Map<String, String> parse(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String part : text.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decode(part.substring(equals + 1));
      if (values.putIfAbsent(name, value) != null) {
        throw TiwCode.INVALID_PARAMETER.error(
            "The parameter " + Quote.of(name) + " is there twice");
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw TiwCode.INVALID_PARAMETER.error("The parameters are not encoded as they should be");
    }
  }
}
