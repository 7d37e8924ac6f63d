package org.pagereel.recorder.replay;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** The list of what is missing in the result, each once; it takes little memory at any length. */
final class MissingList extends AbstractList<String> {
  private static final int MOST = 200;
  private static final int LONGEST = 500;

  private final List<String> items = new ArrayList<>();

  @Override
  public synchronized boolean add(String item) {
    String text = item.length() <= LONGEST ? item : item.substring(0, LONGEST) + "…";
    if (items.size() >= MOST || items.contains(text)) {
      return false;
    }
    return items.add(text);
  }

  @Override
  public synchronized String get(int index) {
    return items.get(index);
  }

  @Override
  public synchronized int size() {
    return items.size();
  }
}
