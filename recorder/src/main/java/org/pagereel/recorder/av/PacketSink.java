package org.pagereel.recorder.av;

/**
 * Receives what a recording encodes while it is encoded. Slices are one; others may be beside it.
 *
 * <p>Picture and sound come from a thread each, so a sink must be thread-safe. It must not wait for
 * a network, because all others wait with it. What it throws ends the recording. A packet is lent:
 * a sink copies what it keeps, and changes nothing. Encoders have a delay: what a call announces
 * comes some packets later.
 */
public interface PacketSink extends AutoCloseable {
  /** Called first, before there is any packet. The formats may be used until {@link #close}. */
  void begin(StreamFormat picture, StreamFormat sound);

  /**
   * The picture of this media time is a keyframe, and a span or a slice begins with it. Called
   * before that picture comes; up to {@link VideoEncoder#DELAY_FRAMES} earlier ones may still come
   * before it.
   *
   * @param mediaMicros microseconds of media time
   * @param epochMicros when the page painted it, in microseconds since 1970
   */
  void cut(long mediaMicros, long epochMicros);

  /**
   * An encoded picture; its times are microseconds of media time. Pictures come in the order in
   * which they are shown, and each lasts until the next one.
   */
  void picture(Packet packet);

  /**
   * Encoded sound; its times are samples of media time ({@link SoundEncoder#TIME_BASE}). The first
   * packet lies before 0, because decoders need it for the next one.
   */
  void sound(Packet packet);

  /** All pictures before this moment, the end of a recorded span, were given. */
  void picturesEndAt(long mediaMicros);

  /** All sound before this moment, the end of a recorded span, was given. */
  void soundEndsAt(long mediaMicros);

  /**
   * All was given; the recording ended at this moment. Returns when all is safe. Called from a
   * third thread. If an encoder hangs, it may still give a packet afterwards.
   */
  void finish(long mediaMicros);

  /** Frees what it holds; nothing is given any more. Without {@link #finish} it just lets go. */
  @Override
  void close();
}
