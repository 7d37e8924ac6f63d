package org.pagereel.server.faces;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.core.files.KeptFiles;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.replay.ClassSource;
import org.pagereel.server.core.replay.ReplayTask;
import org.pagereel.server.platform.outbox.Target;
import org.pagereel.server.platform.store.Tidy;

/**
 * An API that clients speak, made of the core's parts. A recording or after-class task belongs to
 * the face that asked for it, by the face's name; only this face hears of it.
 *
 * <p>A face that has no recordings, tasks, callbacks or files needs none of the methods for them.
 */
public interface Face extends AutoCloseable {
  /** The name under which its recordings and tasks are stored. It never changes. */
  String name();

  /** Adds the routes that its clients call. */
  void routes(RoutesConfig routes);

  /** Starts what works by itself, such as timers, once everything else is there. */
  default void open() {}

  /** Asks for no more recordings by itself; the server is about to stop. */
  default void quiesce() {}

  /** Stops what works by itself, and lets go of requests that wait. */
  @Override
  default void close() {}

  /**
   * A recording of this face has changed. Called inside the transaction that stores the change:
   * what is written with the same handle becomes true together with it.
   *
   * @param reason the reason to announce, if any
   */
  default void changed(Handle transaction, Recording now, Optional<Reason> reason) {}

  /** An after-class task of this face has changed. Called as the other one is. */
  default void changed(Handle transaction, ReplayTask before, ReplayTask now) {}

  /**
   * Where an entry of the outbox is sent.
   *
   * @param name the target's name in the outbox
   * @return empty if it is not this face's, or has no address any more
   */
  default Optional<Target> target(String name) {
    return Optional.empty();
  }

  /** Whether a request comes from somebody who may open the files of a recording of this face. */
  default boolean opens(Context request, Recording recording) {
    return false;
  }

  /** The source of a class's messages and files, for this face's after-class tasks. */
  default Optional<ClassSource> classSource() {
    return Optional.empty();
  }

  /** The rule by which this face's files are deleted; empty if it makes none. */
  default Optional<KeptFiles> keptFiles() {
    return Optional.empty();
  }

  /** The rules by which rows of this face are removed from the store. */
  default List<Tidy> tidies() {
    return List.of();
  }
}
