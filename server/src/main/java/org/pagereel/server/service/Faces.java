package org.pagereel.server.service;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.core.files.KeptFiles;
import org.pagereel.server.core.recording.Announcer;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.replay.ClassSource;
import org.pagereel.server.core.replay.ReplayAnnouncer;
import org.pagereel.server.core.replay.ReplayTask;
import org.pagereel.server.faces.Face;
import org.pagereel.server.platform.outbox.Target;
import org.pagereel.server.platform.store.Tidy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All faces of a server, as the core sees them: each recording and each task leads to its own face.
 * The core is made before its faces, and does nothing before {@link #open}; so they are added in
 * between.
 */
final class Faces implements Announcer, ReplayAnnouncer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Faces.class);

  private final List<Face> all = new ArrayList<>();

  /** The next face; where two could answer, the one that was added first does. */
  void add(Face face) {
    if (named(face.name()).isPresent()) {
      throw new IllegalArgumentException("Two faces are named " + face.name());
    }
    all.add(face);
  }

  void routes(RoutesConfig routes) {
    all.forEach(face -> face.routes(routes));
  }

  void open() {
    all.forEach(Face::open);
  }

  void quiesce() {
    all.forEach(Face::quiesce);
  }

  @Override
  public void changed(Handle transaction, Recording now, Optional<Reason> reason) {
    named(now.face()).ifPresent(face -> face.changed(transaction, now, reason));
  }

  @Override
  public void changed(Handle transaction, ReplayTask before, ReplayTask now) {
    named(now.face()).ifPresent(face -> face.changed(transaction, before, now));
  }

  Optional<Target> target(String name) {
    return all.stream().flatMap(face -> face.target(name).stream()).findFirst();
  }

  /** The source of an after-class task's class. */
  ClassSource classSource(ReplayTask task) {
    return named(task.face())
        .flatMap(Face::classSource)
        .orElseThrow(() -> new IllegalStateException("No face has classes for " + task.face()));
  }

  boolean opens(Context request, Recording recording) {
    return named(recording.face()).filter(face -> face.opens(request, recording)).isPresent();
  }

  List<KeptFiles> keptFiles() {
    return all.stream().flatMap(face -> face.keptFiles().stream()).toList();
  }

  List<Tidy> tidies() {
    return all.stream().flatMap(face -> face.tidies().stream()).toList();
  }

  @Override
  public void close() {
    for (Face face : all.reversed()) {
      try {
        face.close();
      } catch (Exception e) {
        LOG.warn("Closing the face {}", face.name(), e);
      }
    }
  }

  private Optional<Face> named(String name) {
    return all.stream().filter(face -> face.name().equals(name)).findFirst();
  }
}
