package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** Help for every call into FFmpeg: error codes as failures, options as a dictionary. */
public final class Av {
  /** Of a picture; a larger one is an attack. */
  static final long MAX_PIXELS = 8192L * 4320;

  /** Linux's ENOSPC and EDQUOT, as FFmpeg returns them. */
  private static final int DISK_FULL = -28;

  private static final int QUOTA_EXCEEDED = -122;

  /**
   * What a file that somebody sends us may be. FFmpeg would also read lists of other files, and
   * those can name whatever is on this machine.
   */
  private static final String FORMATS =
      "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,flv,mpegts,mpeg,avi,asf,ogg,wav,mp3,aac,flac,image2,"
          + "png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,gif";

  static {
    av_log_set_level(AV_LOG_ERROR);
  }

  private Av() {}

  /** Loads the libraries, which takes a third of a second once. */
  public static void load() {
    avdevice_register_all();
  }

  /** Options with which a file is opened that somebody sent us. */
  static AVDictionary reading() {
    return options(Map.of("format_whitelist", FORMATS, "protocol_whitelist", "file"));
  }

  /** Returns the value, or throws when it is an error code. */
  static int check(int result, String step) {
    if (result >= 0) {
      return result;
    }
    FailureCategory category =
        result == DISK_FULL || result == QUOTA_EXCEEDED
            ? FailureCategory.CAPACITY
            : FailureCategory.INTERNAL;
    throw new RecordingFailure(category, step + ": " + message(result));
  }

  static <P extends Pointer> P present(P pointer, String step) {
    if (pointer == null || pointer.isNull()) {
      throw new RecordingFailure(FailureCategory.INTERNAL, step + ": FFmpeg returned nothing");
    }
    return pointer;
  }

  static AVDictionary options(Map<String, String> values) {
    AVDictionary dictionary = new AVDictionary(null);
    values.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    return dictionary;
  }

  /** FFmpeg's words for an error code. */
  static String message(int code) {
    try (BytePointer text = new BytePointer(256)) {
      av_strerror(code, text, 256);
      String all = text.getString();
      int end = all.indexOf('\0');
      return end < 0 ? all : all.substring(0, end);
    }
  }
}
