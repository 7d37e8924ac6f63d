package org.pagereel.recorder.streams;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When a stream was there, in microseconds of media time. Segments that follow each other closely
 * are one presence: a pause, another size or a new recorder is no absence.
 */
record Presence(StreamKey key, long from, long to) {
  private static final long NO_ABSENCE = 1_000_000;

  /**
   * All presences, by when they begin. Of those that were there when recording began the page has
   * the say who was first, not whose first picture was.
   *
   * @param order of coming
   */
  static List<Presence> of(List<Segment> segments, List<StreamKey> order) {
    Map<StreamKey, List<Segment>> streams = new LinkedHashMap<>();
    order.forEach(key -> streams.put(key, new ArrayList<>()));
    segments.stream()
        .sorted(Comparator.comparingLong(Segment::start))
        .forEach(one -> streams.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(one));
    List<Presence> presences = new ArrayList<>();
    streams.forEach((key, all) -> {
      Presence last = null;
      for (Segment segment : all) {
        if (last != null && segment.start() - last.to() <= NO_ABSENCE) {
          last = new Presence(key, last.from(), Math.max(last.to(), segment.end()));
          presences.set(presences.size() - 1, last);
        } else {
          long from = segment.start() < NO_ABSENCE ? 0 : segment.start();
          last = new Presence(key, from, segment.end());
          presences.add(last);
        }
      }
    });
    presences.sort(Comparator.comparingLong(Presence::from));
    return presences;
  }
}
