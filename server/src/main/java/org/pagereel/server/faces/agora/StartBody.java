package org.pagereel.server.faces.agora;

import java.util.Optional;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.server.platform.http.ApiError;

/**
 * What a client asks for when it starts a recording (docs/vendors/agora.md, "Starting a
 * recording").
 *
 * @param rootUrl empty when {@code url} is given
 * @param url overrides rootUrl; empty when absent
 * @param retryTimeoutSeconds 0: the page's load event is its signal
 * @param publishes a CDN address is expected; what is offered is our own playlist
 * @param maxHours 0: by the class's duration
 */
record StartBody(
    String rootUrl,
    String url,
    PageSize size,
    PictureSpec picture,
    SoundProfile sound,
    boolean hold,
    boolean publishes,
    int maxHours,
    int retryTimeoutSeconds) {
  static final int LONGEST_URL = 4096;

  static StartBody of(Fields body) {
    if (!body.text("mode", "", 20).equals("web")) {
      throw body.wrong("mode", "\"web\" (page recording; composite recording is not offered)");
    }
    Fields config = body.object("webRecordConfig");
    String rootUrl = config.text("rootUrl", "", LONGEST_URL);
    String url = config.text("url", "", LONGEST_URL);
    if (rootUrl.isBlank() && url.isBlank()) {
      throw new ApiError(400, 30400412, "webRecordConfig.rootUrl is empty");
    }
    int width = even(config, "videoWidth", 1280, 480, 1920);
    int height = even(config, "videoHeight", 720, 320, 1920);
    if (!PageSize.isSmallEnough(width, height)) {
      throw config.wrong(
          "videoHeight",
          "with a videoWidth of %d at most as many pixels as 1920 x 1080 has".formatted(width));
    }
    return new StartBody(
        rootUrl.strip(),
        url.strip(),
        new PageSize(width, height),
        new PictureSpec(
            config.number("videoFps", 15, 5, 60),
            config.number("videoBitrate", width * height >= 1280 * 720 ? 2000 : 1500, 50, 8000)),
        sound(config),
        hold(config).orElse(false),
        config.flag("publishRtmp").orElse(false),
        config.number("maxRecordingHour", 0, 1, 720),
        body.number("retryTimeout", 0, 1, 600));
  }

  /** {@code onhold} on the wire, {@code onHold} in the SDK's options. */
  static Optional<Boolean> hold(Fields config) {
    return config.has("onhold") ? config.flag("onhold") : config.flag("onHold");
  }

  private static SoundProfile sound(Fields config) {
    return switch (config.number("audioProfile", 0, 0, 2)) {
      case 0 -> new SoundProfile(1, 48);
      case 1 -> new SoundProfile(1, 128);
      default -> new SoundProfile(2, 192);
    };
  }

  /** H.264 wants even sizes: an odd one is a pixel smaller. */
  private static int even(Fields config, String name, int otherwise, int min, int max) {
    return config.number(name, otherwise, min, max) & ~1;
  }
}
