package org.pagereel.server.faces.agora;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.pagereel.server.platform.http.Digest;
import org.pagereel.server.platform.http.Hmac;

/**
 * What is in the text of a token: a signature and what it signs. The same content has many texts,
 * which anybody can make; so the content is what a token is known by.
 */
final class SignedContent {
  private static final String VERSION = "007";
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST = 16 * 1024;

  private final byte[] all;
  private final byte[] signature;
  private final byte[] signed;

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException it is no token, for whatever reason
   */
  SignedContent(String token) {
    if (!token.startsWith(VERSION) || token.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("no token of version " + VERSION);
    }
    all = inflate(Base64.getDecoder().decode(token.substring(VERSION.length())));
    if (all.length < Short.BYTES) {
      throw new IllegalArgumentException("no signature");
    }
    ByteBuffer content = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    int begin = Short.BYTES + Short.toUnsignedInt(content.getShort());
    if (begin > all.length) {
      throw new IllegalArgumentException("cut off");
    }
    signature = Arrays.copyOfRange(all, Short.BYTES, begin);
    signed = Arrays.copyOfRange(all, begin, all.length);
  }

  boolean isSignedWith(byte[] key) {
    return MessageDigest.isEqual(Hmac.bytes("HmacSHA256", key, signed), signature);
  }

  /** Tells the token from all others, in whatever spelling. */
  String ticket() {
    return Digest.hex("SHA-256", signed);
  }

  /** The token in our own spelling. */
  String text() {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(all);
      deflater.finish();
      byte[] compressed = new byte[LONGEST * 2];
      int length = deflater.deflate(compressed);
      return VERSION + Base64.getEncoder().encodeToString(Arrays.copyOf(compressed, length));
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] compressed) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      byte[] content = new byte[LONGEST];
      int length = inflater.inflate(content);
      if (!inflater.finished()) {
        throw new IllegalArgumentException("longer than any real token, or cut off");
      }
      return Arrays.copyOf(content, length);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("no zlib stream", e);
    } finally {
      inflater.end();
    }
  }
}
