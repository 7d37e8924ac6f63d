package org.pagereel.recorder.av;

import java.nio.file.Path;
import java.util.Map;
import org.pagereel.recorder.PageSize;

/** An encoder's input, frame for frame without loss: the yardstick for its quality. */
public final class LosslessCopy implements AutoCloseable {
  private final VideoEncoder encoder;
  private final Muxer muxer = new Muxer("matroska");
  private final OutputFile out;
  private final MuxedStream stream;

  public LosslessCopy(Path file, PageSize size, int fps) {
    encoder = VideoEncoder.lossless(size, fps);
    stream = muxer.add(encoder.format());
    out = new OutputFile(file);
    muxer.into(out);
    muxer.begin(Map.of());
  }

  /** Adds the picture that this encoder is about to encode, as frame {@code number}. */
  public void add(VideoEncoder source, long number) {
    encoder.encode(source, number, packet -> stream.write(packet, 0));
  }

  @Override
  public void close() {
    muxer.end();
    out.finish();
    muxer.close();
    encoder.close();
  }
}
