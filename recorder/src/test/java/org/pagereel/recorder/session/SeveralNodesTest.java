package org.pagereel.recorder.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.Gap;
import org.pagereel.recorder.Report.SliceEntry;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.av.MediaCheck;
import org.pagereel.recorder.parts.EarlierParts;
import org.pagereel.recorder.process.Label;
import org.pagereel.recorder.slices.Playlist;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;

/** What nodes have recorded one after the other, or beside each other, becomes one recording. */
class SeveralNodesTest {
  private static final Instant BEGAN = Instant.parse("2026-11-30T10:00:00Z");
  private static final int SLICE = 4;
  private static final String LOST = "The node a was lost";

  @TempDir Path folder;

  private static Instant at(double seconds) {
    return BEGAN.plusMillis(Math.round(seconds * 1000));
  }

  private Path part(long epoch) throws Exception {
    return Files.createDirectories(folder.resolve(NodePart.folder(epoch)));
  }

  /** A node's part: slices of 4 s, as a recorder leaves them that was killed. */
  private Journal record(long epoch, int slices, double from, String follows) throws Exception {
    Path own = part(epoch);
    int attempt = (int) epoch;
    if (slices > 0) {
      film(own, attempt, slices);
    }
    RecordingRequest usual =
        RecordingRequest.of(
            "r",
            new PageSpec(
                "http://page.test/",
                new PageSize(320, 240),
                new ReadySignal.Load(),
                Duration.ofSeconds(30)),
            new PictureSpec(20, 500),
            own);
    Journal journal =
        new Journal(
            new RecordingRequest(
                usual.id(),
                usual.page(),
                usual.picture(),
                usual.sound(),
                usual.slicing(),
                null,
                new Attempt(
                    attempt, false, follows, true, null, new NodePart(epoch, Duration.ZERO, false)),
                own));
    journal.opened();
    journal.ready("load", Duration.ofSeconds(1), false);
    journal.recording(at(from));
    for (int i = 0; i < slices; i++) {
      journal.slice(
          new Slice(
              "page-%d-%05d.ts".formatted(attempt, i),
              attempt,
              i,
              Duration.ofSeconds((long) i * SLICE),
              Duration.ofSeconds(SLICE),
              at(from + i * SLICE),
              Files.size(own.resolve("page-%d-%05d.ts".formatted(attempt, i))),
              Duration.ZERO));
    }
    return journal;
  }

  private static void film(Path own, int attempt, int slices) throws Exception {
    String words =
        ("-f lavfi -i testsrc=s=320x240:r=20:d=%d -f lavfi -i sine=r=48000:d=%d -c:v libx264"
                + " -bf 0 -g 80 -preset ultrafast -c:a aac -output_ts_offset 1 -f segment"
                + " -segment_time 4 -segment_format_options mpegts_copyts=1 page-%d-%%05d.ts")
            .formatted(slices * SLICE, slices * SLICE, attempt);
    Process made =
        FfmpegTool.ffmpeg(List.of(words.split(" "))).directory(own.toFile()).inheritIO().start();
    assertThat(made.waitFor()).isZero();
  }

  /** Its last slice was not closed, and is cut off somewhere. */
  private void tear(Path part, String file) throws Exception {
    Path log = part.resolve("slices.jsonl");
    Files.write(
        log, Files.readAllLines(log).stream().filter(line -> !line.contains(file)).toList());
    byte[] bytes = Files.readAllBytes(part.resolve(file));
    Files.write(part.resolve(file), Arrays.copyOf(bytes, bytes.length * 3 / 4 + 1));
  }

  private Report complete(long epoch) throws Exception {
    assertThat(repair(epoch)).isEqualTo(RecorderProcess.OK);
    return ReportFile.read(part(epoch));
  }

  private int repair(long epoch) throws Exception {
    Path report = part(epoch).resolve(Report.FILE);
    if (Files.exists(report)) {
      // This process has the label of the one that died.
      Files.writeString(report, Files.readString(report).replace(Label.own(), "gone"));
    }
    return Repair.run(part(epoch), null, new Events(System.out));
  }

  private static List<Path> listed(Path part) throws Exception {
    try (Stream<Path> files = Files.list(part)) {
      return files.sorted().toList();
    }
  }

  private static List<String> names(Report report) {
    return report.slices().stream().map(SliceEntry::file).toList();
  }

  private static List<String> slices(int attempt, int count) {
    return IntStream.range(0, count)
        .mapToObj("page-%d-%%05d.ts".formatted(attempt)::formatted)
        .toList();
  }

  private List<String> playlist(long epoch) throws Exception {
    return Files.readAllLines(part(epoch).resolve(Playlist.FILE));
  }

  @Test
  void whatADeadNodeRecordedComesFirst() throws Exception {
    record(1, 3, 0, null);
    tear(part(1), "page-1-00002.ts");
    List<Path> before = listed(part(1));
    byte[] torn = Files.readAllBytes(part(1).resolve("page-1-00002.ts"));
    record(2, 2, 20, LOST);

    Report whole = complete(2);

    assertThat(names(whole))
        .isEqualTo(Stream.concat(slices(1, 3).stream(), slices(2, 2).stream()).toList());
    double torned = whole.slices().get(2).durationSeconds();
    assertThat(torned).isBetween(2.0, 3.9);
    assertThat(whole.gaps()).hasSize(1);
    Gap gap = whole.gaps().getFirst();
    assertThat(gap.cause()).isEqualTo(LOST);
    assertThat(gap.from()).isBetween(at(10), at(12));
    assertThat(gap.to()).isEqualTo(at(20));
    Duration played = MediaCheck.play(part(2).resolve("page.mp4"));
    assertThat(played.toMillis()).isCloseTo(Math.round((16 + torned) * 1000), within(300L));
    assertThat(whole.durationSeconds()).isCloseTo(16 + torned, within(0.3));
    assertThat(playlist(2)).contains("#EXT-X-ENDLIST").containsAll(names(whole));
    assertThat(playlist(2).stream().filter("#EXT-X-DISCONTINUITY"::equals)).hasSize(1);
    assertThat(listed(part(1))).as("the other's part stays its own").isEqualTo(before);
    assertThat(Files.readAllBytes(part(1).resolve("page-1-00002.ts"))).isEqualTo(torn);
  }

  @Test
  void whereBothRecordedTheEarlierIsCut() throws Exception {
    record(1, 4, 0, null);
    record(2, 2, 9.5, LOST);

    Report whole = complete(2);

    assertThat(names(whole))
        .isEqualTo(Stream.concat(slices(1, 3).stream(), slices(2, 2).stream()).toList());
    assertThat(whole.slices().get(2).durationSeconds()).isCloseTo(1.5, within(0.06));
    assertThat(whole.gaps()).isEmpty();
    assertThat(MediaCheck.play(part(2).resolve("page.mp4")).toMillis())
        .isCloseTo(17_500, within(300L));
    assertThat(whole.slices().get(3).startSeconds()).isCloseTo(9.5, within(0.2));
  }

  /** Whoever goes on after the cut has a slice open: all of it is later. */
  @Test
  void whatIsRecordedAfterTheCutLeavesNoHole() throws Exception {
    record(1, 5, 0, null);
    tear(part(1), "page-1-00004.ts");
    record(2, 2, 9.5, LOST);

    Report whole = complete(2);

    assertThat(names(whole))
        .isEqualTo(Stream.concat(slices(1, 3).stream(), slices(2, 2).stream()).toList());
    assertThat(whole.slices().get(3).startSeconds()).isCloseTo(9.5, within(0.2));
    assertThat(whole.durationSeconds()).isCloseTo(17.5, within(0.3));
  }

  /** What a page shows that is out of its room counts for nothing, and that is a gap. */
  @Test
  void aPageThatWasPutOutIsCutThere() throws Exception {
    Journal first = record(1, 4, 0, null);
    assertThat(first.left(at(6.5))).isTrue();
    assertThat(first.left(at(7))).as("the first moment counts").isFalse();
    record(2, 2, 9.5, "The node a handed it over");

    Report whole = complete(2);

    assertThat(names(whole))
        .isEqualTo(Stream.concat(slices(1, 2).stream(), slices(2, 2).stream()).toList());
    assertThat(whole.slices().get(1).durationSeconds()).isCloseTo(2.5, within(0.06));
    assertThat(whole.gaps()).hasSize(1);
    assertThat(whole.gaps().getFirst().from()).isBetween(at(6.4), at(6.6));
    assertThat(whole.gaps().getFirst().to()).isEqualTo(at(9.5));
  }

  /** One that was put out long ago has come back by itself. */
  @Test
  void aPageThatCameBackIsNotCut() throws Exception {
    record(1, 4, -80, null).left(at(-78));
    record(2, 1, 9.5, LOST);

    Report whole = complete(2);

    assertThat(whole.slices()).hasSize(5);
    assertThat(whole.gaps()).hasSize(1);
    assertThat(whole.gaps().getFirst().from()).isEqualTo(at(-64));
  }

  /** The second node died as well, before and after it had brought everything together. */
  @Test
  void threePartsAreJoinedByTheLast() throws Exception {
    record(1, 2, 0, null);
    Journal second = record(2, 2, 12, LOST);
    second.joinEarlier();
    record(3, 1, 25, "The node b was lost");

    Report whole = complete(3);

    assertThat(names(whole))
        .isEqualTo(
            Stream.of(slices(1, 2), slices(2, 2), slices(3, 1)).flatMap(List::stream).toList());
    assertThat(whole.gaps())
        .containsExactly(
            new Gap(at(8), at(12), LOST), new Gap(at(20), at(25), "The node b was lost"));
    assertThat(MediaCheck.play(part(3).resolve("page.mp4")).toMillis())
        .isCloseTo(20_000, within(400L));
  }

  /** A node that gets a recording after its end has recorded nothing itself. */
  @Test
  void whoeverComesAfterTheEndCompletesTheFilesOfTheOthers() throws Exception {
    record(1, 2, 0, null);
    record(2, 1, 8, LOST);
    part(3);

    Report whole = complete(3);

    assertThat(names(whole))
        .isEqualTo(Stream.concat(slices(1, 2).stream(), slices(2, 1).stream()).toList());
    assertThat(whole.filesAreMade()).isTrue();
    assertThat(MediaCheck.play(part(3).resolve("page.mp4")).toMillis())
        .isCloseTo(12_000, within(300L));
  }

  /** Whoever watches sees nothing of the later part before the end of the earlier one is there. */
  @Test
  void thePlaylistIsWholeAsSoonAsItHasALaterSlice() throws Exception {
    record(1, 2, 0, null);
    Journal later = record(2, 0, 10, LOST);
    assertThat(part(2).resolve(Playlist.FILE)).doesNotExist();
    Files.copy(part(1).resolve("page-1-00000.ts"), part(2).resolve("page-2-00000.ts"));
    later.joinEarlier();
    later.slice(
        new Slice(
            "page-2-00000.ts",
            2,
            0,
            Duration.ZERO,
            Duration.ofSeconds(SLICE),
            at(10),
            100,
            Duration.ZERO));
    assertThat(playlist(2))
        .containsSubsequence(
            "page-1-00000.ts", "page-1-00001.ts", "#EXT-X-DISCONTINUITY", "page-2-00000.ts");
    assertThat(part(2).resolve("page-1-00001.ts")).exists();
    Report soFar = EarlierParts.report(part(2).resolve(Report.FILE));
    assertThat(soFar.durationSeconds()).isCloseTo(12.1, within(0.1));
  }

  /** Another attempt on the same node takes what was brought for nothing of its own. */
  @Test
  void theNextAttemptOfANodeGoesOnInItsPart() throws Exception {
    record(1, 2, 0, null);
    Journal second = record(2, 1, 10, LOST);
    second.joinEarlier();
    Journal again = Predecessor.journal(second.request());
    assertThat(again.slices()).extracting(Slice::file).containsExactly("page-2-00000.ts");
    assertThat(
            Json.PRETTY
                .readTree(Files.readString(part(2).resolve(EarlierParts.FILE)))
                .at("/slices"))
        .hasSize(2);
  }

  /** Whoever completes the files may be killed, or find the disk full; then another does it. */
  @Test
  void whatOneCouldNotCompleteTheNextOneDoes() throws Exception {
    record(1, 2, 0, null);
    Files.createDirectories(part(2).resolve("page.mp4/in the way"));
    assertThat(repair(2)).isEqualTo(RecorderProcess.FAILED);
    record(3, 0, 12, LOST);
    Files.createDirectories(part(3).resolve("page.mp4/in the way"));
    assertThat(repair(3)).isEqualTo(RecorderProcess.FAILED);
    part(4);

    Report whole = complete(4);

    assertThat(names(whole)).isEqualTo(slices(1, 2));
    assertThat(MediaCheck.play(part(4).resolve("page.mp4")).toMillis())
        .isCloseTo(8_000, within(300L));
  }

  /** What can be read of the others is one recording, which says what it lacks. */
  @Test
  void aPartWhoseReportIsBrokenIsLeftOut() throws Exception {
    record(1, 1, 0, null);
    record(2, 1, 5, LOST);
    Files.write(part(2).resolve(Report.FILE), new byte[10]);
    record(3, 1, 10, LOST);
    Files.write(part(1).resolve(Report.FILE), new byte[10]); // what is here already stays
    Report whole = complete(3);
    assertThat(names(whole))
        .isEqualTo(Stream.concat(slices(1, 1).stream(), slices(3, 1).stream()).toList());
    assertThat(whole.gaps()).containsExactly(new Gap(at(4), at(10), LOST));
    assertThat(whole.warnings())
        .extracting(Report.Warning::message)
        .containsExactly("left out, for its report cannot be read: epoch-2");
    assertThat(part(2).resolve("page-2-00000.ts")).exists();
  }

  /** One that could not even begin, and said so, has nothing of those before it. */
  @Test
  void aPartThatFailedAtOnceHidesNothing() throws Exception {
    record(1, 1, 0, null);
    Journal failed = record(2, 0, 4, LOST);
    failed.finished(List.of(), new RecordingFailure(FailureCategory.PAGE, "Not ready"));
    record(3, 1, 4, LOST);
    assertThat(names(complete(3)))
        .isEqualTo(Stream.concat(slices(1, 1).stream(), slices(3, 1).stream()).toList());
  }

  /** A later part goes on, whatever is wrong with an earlier one. */
  @Test
  void whatCannotBeJoinedYetEndsNothing() throws Exception {
    record(1, 2, 0, null);
    Path lost = part(1).resolve("page-1-00001.ts");
    Files.move(lost, lost.resolveSibling("elsewhere"));
    Journal later = record(2, 2, 10, LOST);
    assertThat(later.report().warnings())
        .extracting(Report.Warning::kind)
        .containsExactly("parts", "parts");
    assertThat(part(2).resolve(Playlist.FILE)).doesNotExist();
    Files.move(lost.resolveSibling("elsewhere"), lost);
    assertThat(names(complete(2)))
        .isEqualTo(Stream.concat(slices(1, 2).stream(), slices(2, 2).stream()).toList());
  }
}
