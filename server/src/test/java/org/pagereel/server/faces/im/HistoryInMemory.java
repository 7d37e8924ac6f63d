package org.pagereel.server.faces.im;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Keeps what was pulled, in memory. */
final class HistoryInMemory implements PulledHistory {
  final List<PulledPage> pages = new ArrayList<>();

  @Override
  public OptionalLong lowest() {
    return pages.isEmpty() ? OptionalLong.empty() : OptionalLong.of(pages.getLast().lowest());
  }

  @Override
  public void add(PulledPage page) {
    pages.add(page);
  }

  List<PulledMessage> messages() {
    return pages.stream().flatMap(page -> page.messages().stream()).toList();
  }

  List<Long> seqs() {
    return messages().stream().map(PulledMessage::seq).toList();
  }

  List<Long> holes() {
    return pages.stream()
        .flatMap(page -> page.holes().stream())
        .flatMap(hole -> LongStream.rangeClosed(hole.from(), hole.to()).boxed())
        .toList();
  }
}
