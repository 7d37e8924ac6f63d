package org.pagereel.server.faces.im;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be sent.
 *
 * @param random 0 to 4294967295
 * @param body the array {@code MsgBody}, as JSON
 * @param isKept false for one that is for those only who are online now
 */
record NewMessage(
    String sender,
    long random,
    String priority,
    String body,
    @Nullable String cloudData,
    boolean isKept) {
  private static final int MAX_BYTES = 8000;
  private static final long LARGEST_RANDOM = 4_294_967_295L;

  /**
   * Reads the body of {@code send_group_msg}.
   *
   * @param caller sends it unless {@code From_Account} says who does
   * @throws ImError 10004; 80002: its body and {@code CloudCustomData} have more than 8,000 bytes
   */
  static NewMessage of(Body body, String caller) {
    long random = body.requiredNumber("Random", 0, LARGEST_RANDOM);
    String elements = MessageBody.text(body);
    String cloudData = body.text("CloudCustomData", 200_000).orElse(null);
    checkLength(bytes(elements) + (cloudData == null ? 0 : bytes(cloudData)));
    return new NewMessage(
        Account.of(body, "From_Account").orElse(caller),
        random,
        priority(body),
        elements,
        cloudData,
        body.number("OnlineOnlyFlag", 0, 1).orElse(0L) == 0);
  }

  /**
   * One that this server itself sends.
   *
   * @throws ImError 80002
   */
  static NewMessage ours(String sender, long random, String body) {
    checkLength(bytes(body));
    return new NewMessage(sender, random, "Normal", body, null, true);
  }

  /** The same for two messages that say the same. */
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(body.getBytes(StandardCharsets.UTF_8));
      if (cloudData != null) {
        sha.update((byte) 0);
        sha.update(cloudData.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static void checkLength(int bytes) {
    if (bytes > MAX_BYTES) {
      throw ImCode.TOO_LONG.error(
          "MsgBody and CloudCustomData have %d bytes; allowed: at most %d"
              .formatted(bytes, MAX_BYTES));
    }
  }

  private static String priority(Body body) {
    String priority = body.text("MsgPriority", 20).orElse("Normal");
    return switch (priority) {
      case "High", "Normal", "Low" -> priority;
      default -> throw body.wrong("MsgPriority", "High, Normal, Low");
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
