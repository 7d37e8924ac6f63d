package org.pagereel.server.service;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.pagereel.server.TestPages;

/** A page that says when it was opened, and ten times a second that it is still there. */
final class JoinLog {
  private static final String PAGE =
      """
      <body style="margin:0;font:40px monospace"><script>
      const join = crypto.randomUUID();
      const room = location.search.slice(1);
      let n = 0;
      const tick = () => {
        document.body.style.background = n % 2 ? '#fff' : '#aaa';
        document.body.textContent = room + ' ' + join.slice(0, 4) + ' ' + n;
        fetch('/alive?' + room + '/' + join + '/' + n++).catch(() => {});
      };
      setInterval(tick, 100);
      tick();
      </script>
      """;

  private final String address;
  private final Map<String, Queue<Join>> joins = new ConcurrentHashMap<>();

  /** One browser that had the page open; nanoseconds of when it was first and last heard. */
  static final class Join {
    final String id;
    final long first = System.nanoTime();
    volatile long last = first;

    private Join(String id) {
      this.id = id;
    }
  }

  JoinLog(TestPages pages) {
    address = pages.html("joins", PAGE);
    pages.handle(
        "alive",
        exchange -> {
          note(exchange.getRequestURI().getQuery().split("/", 3));
          TestPages.send(exchange, 200, "text/plain", "");
        });
  }

  /** The page of a room. */
  String page(String room) {
    return address + "?" + room;
  }

  private void note(String[] words) throws IOException {
    Queue<Join> all = joins.computeIfAbsent(words[0], room -> new ConcurrentLinkedQueue<>());
    synchronized (all) {
      Join join =
          all.stream()
              .filter(one -> one.id.equals(words[1]))
              .findFirst()
              .orElseGet(() -> {
                Join fresh = new Join(words[1]);
                all.add(fresh);
                return fresh;
              });
      join.last = System.nanoTime();
    }
  }

  /** Those of a room, in their order. */
  List<Join> of(String room) {
    return List.copyOf(joins.getOrDefault(room, new ConcurrentLinkedQueue<>()));
  }
}
