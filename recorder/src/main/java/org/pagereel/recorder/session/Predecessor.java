package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.parts.EarlierParts;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.slices.SliceFiles;
import org.pagereel.recorder.slices.SliceRepair;
import org.pagereel.recorder.wire.ReportFile;

/** The remains of an attempt that died: its journal, and slices that it had not closed. */
final class Predecessor {
  private Predecessor() {}

  /** The journal of a recording, which goes on where the attempt before this one was cut off. */
  static Journal journal(RecordingRequest request) {
    try {
      Optional<Report> report = ReportFile.find(request.folder());
      if (report.isEmpty()) {
        return new Journal(request);
      }
      Journal journal = Journal.of(report.get(), request);
      journal.beginLog();
      mendOpenSlices(journal, request.folder());
      String cause = request.attempt().predecessor();
      journal.reopen(cause == null ? "The recorder died" : cause);
      return journal;
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.CAPACITY, "Cannot go on in " + request.folder() + ": " + e, e);
    }
  }

  static void mendOpenSlices(Journal journal, Path folder) throws IOException {
    List<String> known = journal.slices().stream().map(Slice::file).toList();
    int earlier = EarlierParts.lastAttempt(folder);
    for (SliceFiles.Name name : SliceFiles.in(folder)) {
      if (name.attempt() > earlier && !known.contains(name.file())) {
        mend(journal, folder.resolve(name.file()), name.attempt(), name.number());
      }
    }
  }

  /**
   * One slice that cannot be read must not cost the others. On a full disk it is only not mended:
   * that fails, and is tried again.
   */
  private static void mend(Journal journal, Path slice, int attempt, int number)
      throws IOException {
    try {
      SliceRepair.repair(slice, attempt, number, journal.duration(), journal.startOfNext())
          .ifPresent(journal::slice);
    } catch (RecordingFailure e) {
      if (e.category() == FailureCategory.CAPACITY) {
        throw e;
      }
      Files.move(slice, slice.resolveSibling(slice.getFileName() + ".broken"));
      journal.warning("slice", slice.getFileName() + " cannot be read: " + e.getMessage());
    }
  }
}
