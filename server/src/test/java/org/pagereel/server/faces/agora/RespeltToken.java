package org.pagereel.server.faces.agora;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The same signed content as another text: what anybody who has a token can make of it. */
final class RespeltToken {
  private static final String VERSION = "007";

  private RespeltToken() {}

  /** All spellings that still hold what was signed, by name; none is the token itself. */
  static Map<String, String> all(String token) throws DataFormatException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int level = 0; level <= Deflater.BEST_COMPRESSION; level++) {
      texts.put("level " + level, recompressed(token, level, Deflater.DEFAULT_STRATEGY));
    }
    texts.put("Huffman only", recompressed(token, 6, Deflater.HUFFMAN_ONLY));
    texts.put("filtered", recompressed(token, 6, Deflater.FILTERED));
    byte[] stream = stream(token);
    texts.put("bytes behind the stream", text(Arrays.copyOf(stream, stream.length + 3)));
    // Without its padding, when it has one: two more lengths are certain to have another one.
    texts.put("no padding", unpadded(stream));
    texts.put("no padding, one byte more", unpadded(Arrays.copyOf(stream, stream.length + 1)));
    texts.put("no padding, two bytes more", unpadded(Arrays.copyOf(stream, stream.length + 2)));
    texts.values().removeIf(token::equals);
    return texts;
  }

  static String recompressed(String token, int level, int strategy) throws DataFormatException {
    Deflater deflater = new Deflater(level);
    deflater.setStrategy(strategy);
    deflater.setInput(content(token));
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    while (!deflater.finished()) {
      out.write(some, 0, deflater.deflate(some));
    }
    deflater.end();
    return text(out.toByteArray());
  }

  private static String unpadded(byte[] stream) {
    return VERSION + Base64.getEncoder().withoutPadding().encodeToString(stream);
  }

  private static String text(byte[] stream) {
    return VERSION + Base64.getEncoder().encodeToString(stream);
  }

  private static byte[] stream(String token) {
    return Base64.getDecoder().decode(token.substring(VERSION.length()));
  }

  private static byte[] content(String token) throws DataFormatException {
    Inflater inflater = new Inflater();
    inflater.setInput(stream(token));
    byte[] content = new byte[16 * 1024];
    int length = inflater.inflate(content);
    inflater.end();
    return Arrays.copyOf(content, length);
  }
}
