package org.pagereel.server.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.process.ClosingTree;

/** A load from its start to its end; nothing of it is left behind. */
final class RunningLoad implements AutoCloseable {
  private static final int CLASSES = 2;
  private static final PageSize CLASS_SIZE = new PageSize(1280, 720);
  private static final Duration CLOSING = Duration.ofSeconds(60);

  private final ClosingTree open;

  private RunningLoad(Consumer<String> complaints) {
    this.open = new ClosingTree(complaints);
  }

  /**
   * Starts a load and waits until it is one.
   *
   * @param page of the class
   * @param folder for the class recordings
   * @param complaints is told what does not end by itself
   */
  static RunningLoad start(
      SoundLoad load, String page, Path folder, Supplier<String> ids, Consumer<String> complaints)
      throws IOException {
    RunningLoad running = new RunningLoad(complaints);
    try {
      switch (load) {
        case ALONE -> {}
        case LOOP -> running.loop();
        case CLASSES -> {
          for (int i = 0; i < CLASSES; i++) {
            running.record(page, ids.get(), folder);
          }
        }
      }
      return running;
    } catch (IOException | RuntimeException e) {
      running.close();
      throw e;
    }
  }

  @Override
  public void close() {
    open.close();
  }

  private void loop() throws IOException {
    Process loop =
        new ProcessBuilder("setpriv", "--pdeathsig=KILL", "--", "sh", "-c", "while :; do :; done")
            .start();
    open.register("loop", CLOSING, () -> loop.destroyForcibly().waitFor(), () -> {});
  }

  private void record(String page, String id, Path folder) throws IOException {
    Path place = Files.createDirectories(folder.resolve(id));
    Session session = Session.start(request(page, id, place));
    open.register("class", CLOSING, session::close, () -> {});
    session.awaitRecording();
  }

  private static RecordingRequest request(String page, String id, Path folder) {
    return RecordingRequest.of(
        id,
        new PageSpec(page, CLASS_SIZE, new ReadySignal.Load(), Duration.ofSeconds(60)),
        new PictureSpec(15, 1000),
        folder);
  }
}
