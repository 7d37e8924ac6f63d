package org.pagereel.server.platform.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file, or the part of it that the request's {@code Range} names (RFC 9110, section 14). */
public final class FileRange {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private FileRange() {}

  /** Opens a file at a position. */
  public interface Content {
    InputStream from(long position) throws IOException;
  }

  /**
   * Sends it.
   *
   * @param end called when the last byte is sent, or nobody wants it any more
   * @return false when there is nothing to send: then {@code content} is not opened, and {@code
   *     end} is not called
   */
  public static boolean send(Context context, long size, Content content, String type, Runnable end)
      throws IOException {
    context.contentType(type).header("Accept-Ranges", "bytes");
    long from = 0;
    long to = size - 1;
    String asked = context.header("Range");
    Matcher range = ONE.matcher(asked == null ? "" : asked);
    // A range that cannot be understood is none: the whole file is the answer.
    if (range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty())) {
      if (range.group(1).isEmpty()) {
        from = Math.max(0, size - Long.parseLong(range.group(2)));
      } else {
        from = Long.parseLong(range.group(1));
        to = range.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(range.group(2)));
      }
      if (from > to) {
        context.status(416).header("Content-Range", "bytes */" + size);
        return false;
      }
      context.status(206).header("Content-Range", "bytes %d-%d/%d".formatted(from, to, size));
    }
    context.header("Content-Length", String.valueOf(to - from + 1));
    if (context.method().equals(HandlerType.HEAD)) {
      return false;
    }
    context.result(new Part(content.from(from), to - from + 1, end));
    return true;
  }

  /** A given number of bytes of a stream. */
  private static final class Part extends InputStream {
    private final InputStream whole;
    private final Runnable end;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long left;

    Part(InputStream whole, long length, Runnable end) {
      this.whole = whole;
      this.left = length;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      int value = left > 0 ? whole.read() : -1;
      left -= value < 0 ? left : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = left > 0 ? whole.read(buffer, offset, (int) Math.min(length, left)) : -1;
      left -= count < 0 ? left : count;
      return count;
    }

    @Override
    public void close() throws IOException {
      try {
        whole.close();
      } finally {
        if (closed.compareAndSet(false, true)) {
          end.run();
        }
      }
    }
  }
}
