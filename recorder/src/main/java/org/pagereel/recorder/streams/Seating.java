package org.pagereel.recorder.streams;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Place;
import org.pagereel.recorder.StreamNames;

/**
 * Who has which place of a layout, and when. A stream takes the first free place that names it (by
 * prefix), otherwise the place that it had before, otherwise the first spare one; who finds none
 * waits until one becomes free. Whoever is there first is seated first.
 */
final class Seating {
  /** A stream in a place, from and to in microseconds of media time. */
  record Seat(StreamKey key, Place place, long from, long to) {}

  /** Somebody comes or goes. */
  private record Moment(long at, boolean comes, Presence who) {}

  private final MixLayout layout;
  private final StreamNames names;
  private final List<Seat> seats = new ArrayList<>();
  private final Map<Integer, Seated> taken = new HashMap<>();
  private final Map<StreamKey, Integer> before = new HashMap<>();
  private final List<Presence> waiting = new ArrayList<>();

  private record Seated(Presence who, long since) {}

  private Seating(MixLayout layout, StreamNames names) {
    this.layout = layout;
    this.names = names;
  }

  static List<Seat> of(MixLayout layout, StreamNames names, List<Presence> presences) {
    List<Moment> moments = new ArrayList<>();
    for (Presence presence : presences) {
      moments.add(new Moment(presence.from(), true, presence));
      moments.add(new Moment(presence.to(), false, presence));
    }
    // Who goes makes room for who comes at the same moment.
    moments.sort(Comparator.comparingLong(Moment::at).thenComparing(Moment::comes));
    Seating seating = new Seating(layout, names);
    moments.forEach(seating::happens);
    return seating.seats;
  }

  /** The whiteboard's place, if it has one. */
  static Optional<Place> whiteboard(MixLayout layout, StreamNames names) {
    return layout.places().stream().filter(place -> names.isWhiteboard(place.stream())).findFirst();
  }

  private void happens(Moment moment) {
    Presence who = moment.who();
    if (moment.comes()) {
      waiting.add(who);
      seatWaiting(moment.at());
    } else if (!waiting.remove(who)) {
      taken.entrySet().stream()
          .filter(entry -> entry.getValue().who().equals(who))
          .findFirst()
          .ifPresent(entry -> leave(entry.getKey(), moment.at()));
      seatWaiting(moment.at());
    }
  }

  private void leave(int place, long at) {
    Seated seated = taken.remove(place);
    if (seated != null && at > seated.since()) {
      seats.add(new Seat(seated.who().key(), layout.places().get(place), seated.since(), at));
    }
  }

  private void seatWaiting(long at) {
    for (Presence who : List.copyOf(waiting)) {
      Integer place = place(who.key());
      if (place != null) {
        taken.put(place, new Seated(who, at));
        before.put(who.key(), place);
        waiting.remove(who);
      }
    }
  }

  private @Nullable Integer place(StreamKey key) {
    for (int i = 0; i < layout.places().size(); i++) {
      Place place = layout.places().get(i);
      if (place.names(names.of(key.kind(), key.userId()))
          && !names.isWhiteboard(place.stream())
          && !taken.containsKey(i)) {
        return i;
      }
    }
    Integer former = before.get(key);
    if (former != null && !taken.containsKey(former)) {
      return former;
    }
    for (int i = 0; i < layout.places().size(); i++) {
      if (layout.places().get(i).stream() == null && !taken.containsKey(i)) {
        return i;
      }
    }
    return null;
  }
}
