package org.pagereel.recorder.slices;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.av.MuxedStream;
import org.pagereel.recorder.av.Muxer;
import org.pagereel.recorder.av.OutputFile;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.PacketSink;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.StreamFormat;
import org.pagereel.recorder.av.TimeBase;
import org.pagereel.recorder.timeline.WallClock;

/**
 * Writes packets as MPEG-TS slices. A slice begins with the keyframe of a planned cut; sound that
 * belongs behind the cut waits for it. Every packet is handed to the system at once, so a kill
 * loses no more than what is still in the encoders. Thread-safe: picture and sound arrive apart.
 */
public final class SliceWriter implements PacketSink {
  /** Media time 0 in the stream's time stamps: sound begins a little before it (AAC priming). */
  static final long BASE_MICROS = 1_000_000;

  private record Cut(long mediaMicros, long epochMicros) {}

  private final Muxer muxer = new Muxer("mpegts");
  private final Path folder;
  private final int attempt;
  private final long baseMicros;
  private final SliceCloser closer;
  private final Deque<Cut> cuts = new ArrayDeque<>();
  private final Deque<Packet> waitingSound = new ArrayDeque<>();
  private @Nullable MuxedStream video;
  private @Nullable MuxedStream sound;
  private @Nullable SliceFile current;
  private int slices;
  private long endMicros = Long.MAX_VALUE;
  private long soundEndMicros;
  private long finishedBytes;
  private volatile long bytes;

  /**
   * Prepares it.
   *
   * @param folder for the slices
   * @param attempt is part of their names
   * @param mediaStart media time of the first picture: where the attempt before this one ended
   */
  public SliceWriter(Path folder, int attempt, Duration mediaStart, SliceListener listener) {
    this.folder = folder;
    this.attempt = attempt;
    this.baseMicros = BASE_MICROS + Durations.micros(mediaStart);
    closer = new SliceCloser(folder, attempt, mediaStart, listener);
  }

  @Override
  public synchronized void begin(StreamFormat pictureFormat, StreamFormat soundFormat) {
    video = muxer.add(pictureFormat, TimeBase.MICROS);
    sound = muxer.add(soundFormat, SoundEncoder.TIME_BASE);
  }

  @Override
  public synchronized void cut(long mediaMicros, long epochMicros) {
    cuts.add(new Cut(mediaMicros, epochMicros));
  }

  @Override
  public synchronized void picture(Packet packet) {
    Cut cut = cuts.peek();
    boolean cutsHere = cut != null && packet.isKeyframe() && packet.pts() >= cut.mediaMicros;
    boolean beginsSpan = current == null || endMicros != Long.MAX_VALUE;
    if (cutsHere) {
      cuts.remove();
      finishSlice(cut.mediaMicros);
      open(cut);
    }
    write(packet, video);
    if (cutsHere) {
      writeWaitingSound();
      if (beginsSpan) {
        closer.begun(WallClock.instant(cut.epochMicros));
      }
    }
  }

  @Override
  public synchronized void sound(Packet packet) {
    if (belongsLater(packet)) {
      waitingSound.add(packet.copy());
    } else {
      write(packet, sound);
    }
  }

  /** The slice ends when the sound is there too. */
  @Override
  public synchronized void picturesEndAt(long mediaMicros) {
    endMicros = mediaMicros;
    finishWhenComplete();
  }

  @Override
  public synchronized void soundEndsAt(long mediaMicros) {
    soundEndMicros = mediaMicros;
    finishWhenComplete();
  }

  @Override
  public void finish(long mediaMicros) {
    try {
      synchronized (this) {
        finishSlice(mediaMicros);
      }
    } finally {
      closer.await(); // the slices before count, also when the last one finds the disk full
    }
  }

  private void finishWhenComplete() {
    if (soundEndMicros >= endMicros) {
      finishSlice(endMicros);
    }
  }

  private void finishSlice(long mediaMicros) {
    endMicros = Long.MAX_VALUE;
    SliceFile file = current;
    if (file == null) {
      return;
    }
    muxer.flush(); // its own buffer: the last sound packets
    finishedBytes += file.out().bytes();
    bytes = finishedBytes;
    file.out().finish();
    current = null;
    // The first picture was moved onto the grid, behind the end of a span shorter than that.
    closer.finished(file, Math.max(mediaMicros, file.startMicros() + 1));
  }

  /** Size of all slices so far, the open one included; it waits for no disk. */
  public long bytes() {
    return bytes;
  }

  @Override
  public synchronized void close() {
    closer.close();
    waitingSound.forEach(Packet::close);
    waitingSound.clear();
    SliceFile file = current;
    if (file != null) {
      file.out().close();
    }
    muxer.close();
  }

  private void open(Cut cut) {
    String name = SliceFiles.name(attempt, slices);
    OutputFile out = new OutputFile(folder.resolve(name));
    current = new SliceFile(name, slices, cut.mediaMicros, cut.epochMicros, out);
    muxer.into(out);
    if (slices == 0) {
      // copyts: our own base, so that every slice of the attempt continues the last.
      muxer.begin(Map.of("mpegts_copyts", "1", "pes_payload_size", "0"));
    } else {
      muxer.option("mpegts_flags", "+resend_headers");
    }
    slices++;
  }

  private boolean belongsLater(Packet packet) {
    if (current == null) {
      return true;
    }
    Cut cut = cuts.peek();
    return cut != null && SoundEncoder.TIME_BASE.micros(packet.pts()) >= cut.mediaMicros;
  }

  private void writeWaitingSound() {
    while (!waitingSound.isEmpty() && !belongsLater(waitingSound.peek())) {
      try (Packet packet = waitingSound.remove()) {
        write(packet, sound);
      }
    }
  }

  private void write(Packet packet, @Nullable MuxedStream stream) {
    SliceFile file = current;
    if (file == null || stream == null) {
      return; // a filler behind a pause
    }
    stream.write(packet, baseMicros);
    file.out().flush();
    bytes = finishedBytes + file.out().bytes();
  }
}
