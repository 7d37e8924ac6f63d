package org.pagereel.server.faces.classes;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code stream_param} of a callback: what the stream was pushed with. TRTC puts {@code groupid}
 * and {@code userid} there in base64, others as they are.
 */
final class StreamParameters {
  private final Map<String, String> values = new HashMap<>();

  StreamParameters(String query) {
    for (String part : query.split("&", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        values.putIfAbsent(pair[0].replaceFirst("^\\?", ""), decoded(pair[1]));
      }
    }
  }

  String app() {
    return values.getOrDefault("sdkappid", "");
  }

  /** As they are, and then out of base64; no reading without a group. */
  List<StreamOwner> readings() {
    String group = values.getOrDefault("groupid", "");
    String user = values.getOrDefault("userid", "");
    List<StreamOwner> readings = new ArrayList<>();
    if (!group.isEmpty()) {
      readings.add(new StreamOwner(group, user));
      readings.add(new StreamOwner(fromBase64(group), user.isEmpty() ? "" : fromBase64(user)));
      readings.removeIf(one -> one.group().isEmpty());
    }
    return readings;
  }

  /** The user, when nothing tells how it is written: TRTC says of itself that it is TRTC. */
  String user() {
    String user = values.getOrDefault("userid", "");
    String decoded = values.containsKey("sdkappid") ? fromBase64(user) : "";
    return decoded.isEmpty() ? user : decoded;
  }

  private static String decoded(String text) {
    try {
      // A plus is one of base64's, not a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Empty if it is none, or of no text. */
  private static String fromBase64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return decoded.chars().anyMatch(Character::isISOControl) ? "" : decoded;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return "";
    }
  }
}
