package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.pagereel.recorder.PageSize;

/** Copies the screen through shared memory, as BGR0, whenever asked. */
public final class ScreenGrabber implements AutoCloseable {
  /**
   * x11grab sleeps until its next tick is due. With a tick a millisecond it is always behind and
   * returns at once: when to look is the caller's business.
   */
  private static final String ALWAYS_DUE = "1000";

  private final AVFormatContext input = new AVFormatContext(null);
  private final PageSize size;

  public ScreenGrabber(String display, PageSize size) {
    this.size = size;
    avdevice_register_all();
    AVDictionary options =
        Av.options(
            Map.of("video_size", size.toString(), "framerate", ALWAYS_DUE, "draw_mouse", "0"));
    Av.check(
        avformat_open_input(input, display, av_find_input_format("x11grab"), options),
        "Cannot grab the screen " + display);
  }

  /** The screen as it is now. The caller closes the picture. */
  public ScreenPicture grab() {
    Packet packet = new Packet();
    Av.check(av_read_frame(input, packet.raw()), "Grabbing the screen");
    return new ScreenPicture(packet, size);
  }

  @Override
  public void close() {
    avformat_close_input(input);
  }
}
