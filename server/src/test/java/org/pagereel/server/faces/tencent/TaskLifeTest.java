package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagereel.server.faces.tencent.SignedCallsTest.assertCode;

import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.Concat;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import com.tencentcloudapi.tiw.v20190919.models.MixStream;
import com.tencentcloudapi.tiw.v20190919.models.PauseOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.ResumeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.StartOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.StopOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.VideoInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.server.core.recording.AttemptHistory;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.EndCause;
import org.pagereel.server.core.recording.Failure;
import org.pagereel.server.core.recording.Status;

/** A task from its start to its result, as the vendor's client sees it. */
class TaskLifeTest {
  private final Instant now = Instant.now();
  private static final AttemptHistory FIRST = new AttemptHistory(1, 0, 0, true, true);
  private static final Failure UNREADY =
      new Failure(FailureCategory.PAGE, "The page was not ready in time", true);

  @TempDir Path folder;
  private TencentTestServer desk;
  private TiwClient client;
  private String task;

  @BeforeEach
  void start() throws Exception {
    desk = new TencentTestServer(folder);
    client = desk.client();
    StartOnlineRecordRequest request = TencentTestServer.start(TencentTestServer.APP, "1");
    MixStream mix = new MixStream();
    mix.setEnabled(true);
    mix.setModelId(2L);
    request.setMixStream(mix);
    task = client.StartOnlineRecord(request).getTaskId();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void pauseAndResumeFromTheRightStatesOnly() throws Exception {
    assertThat(describe().getStatus()).isEqualTo("PREPARED");
    assertCode("UnsupportedOperation.InvalidTaskStatus", this::pause);
    assertCode("UnsupportedOperation.InvalidTaskStatus", this::resume);
    desk.become(task, new Status.Running(FIRST, now), null);
    assertThat(describe().getStatus()).isEqualTo("RECORDING");
    assertThat(describe().getRecordStartTime())
        .isBetween(now.getEpochSecond() - 5, now.getEpochSecond() + 60);
    assertCode("UnsupportedOperation.InvalidTaskStatus", this::resume);
    pause();
    assertThat(desk.find(task).desired()).isEqualTo(Desired.HOLD);
    assertThat(describe().getStatus()).isEqualTo("RECORDING"); // until it has happened
    assertCode("UnsupportedOperation.InvalidTaskStatus", this::pause);
    desk.become(task, new Status.Paused(FIRST, now), null);
    assertThat(describe().getStatus()).isEqualTo("PAUSED");
    // A recorder that died meanwhile is replaced, and nobody but ExceptionCnt tells.
    desk.become(task, new Status.Starting(FIRST, now), null);
    assertThat(describe().getStatus()).isEqualTo("PAUSED");
    resume();
    assertThat(describe().getStatus()).isEqualTo("RECORDING");
    desk.become(task, new Status.Running(new AttemptHistory(2, 0, 1, true, true), now), null);
    assertThat(describe().getExceptionCnt()).isEqualTo(1);
    assertThat(describe().getFinishReason()).isEmpty();
    stop();
    assertCode("UnsupportedOperation.TaskHasAlreadyStopped", this::pause);
    desk.become(task, new Status.Finishing(FIRST, null), EndCause.ASKED);
    assertThat(describe().getStatus()).isEqualTo("STOPPED");
    assertThat(describe().getFinishReason()).isEqualTo("USER_CALL");
    for (SignedCallsTest.Calls call :
        List.<SignedCallsTest.Calls>of(this::pause, this::resume, this::stop)) {
      assertCode("UnsupportedOperation.TaskHasAlreadyStopped", call);
    }
    desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
    assertThat(describe().getStatus()).isEqualTo("FINISHED");
    assertCode("UnsupportedOperation.TaskHasAlreadyStopped", this::stop);
  }

  @Test
  void stoppedBeforeItBegan() throws Exception {
    stop();
    desk.become(task, new Status.Finished(AttemptHistory.NONE), EndCause.ASKED);
    DescribeOnlineRecordResponse described = describe();
    assertThat(described.getStatus()).isEqualTo("FINISHED");
    assertThat(described.getVideoInfos()).isEmpty();
    assertThat(described.getTotalTime()).isZero();
    assertThat(described.getRecordStartTime()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "ASKED, USER_CALL",
    "PAGE, USER_CALL",
    "IDLE, AUTO",
    "LIMIT, FORCE_STOP",
    "FAILURE, EXCEPTION"
  })
  void whyItEnded(EndCause ended, String reason) throws Exception {
    desk.become(task, new Status.Finishing(FIRST, null), ended);
    assertThat(describe().getFinishReason()).isEqualTo(reason);
  }

  @Test
  void oneTaskPerRecordUserAndNoMoreThanTheQueueTakes() throws Exception {
    assertCode(
        "ResourceInUse.RecordUserId",
        () -> client.StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "1")));
    for (int i = 2; i < 6; i++) {
      client.StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, String.valueOf(i)));
    }
    assertCode(
        "LimitExceeded.TaskConcurrency",
        () -> client.StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "6")));
    desk.become(task, new Status.Finishing(FIRST, null), EndCause.ASKED);
    assertThat(
            client.StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "1"))
                .getTaskId())
        .isNotEqualTo(task);
  }

  @Test
  void ofManyAtOnceOneSucceeds() throws Exception {
    desk.become(task, new Status.Running(FIRST, now), null);
    assertThat(succeed(this::pause)).isEqualTo(1);
    assertThat(succeed(this::resume)).isEqualTo(1);
    assertThat(
            succeed(() ->
                client.StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "9"))))
        .isEqualTo(1);
    assertThat(succeed(this::stop)).isEqualTo(1);
  }

  /** How many of some that call at the same moment. */
  private static long succeed(SignedCallsTest.Calls call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> callers =
          Collections.nCopies(
              6,
              () -> {
                try {
                  call.call();
                  return true;
                } catch (TencentCloudSDKException e) {
                  return false;
                }
              });
      long succeeded = 0;
      for (Future<Boolean> caller : threads.invokeAll(callers)) {
        succeeded += caller.get() ? 1 : 0;
      }
      return succeeded;
    }
  }

  @Test
  void tasksOfOthersAreNotThere() {
    DescribeOnlineRecordRequest request = new DescribeOnlineRecordRequest();
    request.setSdkAppId(1400000002L);
    request.setTaskId(task);
    assertCode("InvalidParameter.TaskNotFound", () -> client.DescribeOnlineRecord(request));
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId("00000000000000000000");
    assertCode("InvalidParameter.TaskNotFound", () -> client.DescribeOnlineRecord(request));
    request.setTaskId(null);
    assertCode("MissingParameter", () -> client.DescribeOnlineRecord(request));
    desk.jdbi().useTransaction(handle -> handle.execute("UPDATE recordings SET face = 'agora'"));
    request.setTaskId(task);
    assertCode("InvalidParameter.TaskNotFound", () -> client.DescribeOnlineRecord(request));
    assertCode("InvalidParameter.TaskNotFound", this::pause);
    assertCode("InvalidParameter.TaskNotFound", this::stop);
  }

  @Test
  void theResult() throws Exception {
    desk.made(
        task,
        new StreamFiles(
            18_317,
            List.of(
                TencentTestServer.file(
                    "stream-1-1.mp4", Kind.CAMERA, "Mac_trtc_04", 0, 17_969, 593),
                TencentTestServer.file("stream-1-1.mp3", Kind.SOUND, "Mac_trtc_04", 0, 17_960, 93),
                TencentTestServer.file("stream-2-1.mp4", Kind.SCREEN, "teacher", 40, 1000, 22),
                TencentTestServer.file("mix-1.mp4", Kind.MIX, "", 95, 18_222, 765),
                TencentTestServer.file("page.mp4", Kind.WHITEBOARD, "", 623, 17_605, 226)),
            List.of(new StreamFiles.Interrupt("Mac_trtc_04", 2)),
            List.of(new StreamFiles.Omitted(900, 1_568_949_370_000L, 1_568_949_390_000L)),
            List.of()));
    desk.become(task, new Status.Running(FIRST, now), null);
    desk.become(task, new Status.Finishing(FIRST, null), EndCause.IDLE);
    assertThat(describe().getVideoInfos()).isEmpty();
    desk.become(task, new Status.Finished(FIRST), EndCause.IDLE);
    DescribeOnlineRecordResponse result = describe();
    assertThat(result.getFinishReason()).isEqualTo("AUTO");
    assertThat(result.getTotalTime()).isEqualTo(18_317);
    assertThat(result.getOmittedDurations()).as("without Concat").isEmpty();
    assertThat(result.getInterrupts()[0].getUserId()).isEqualTo("Mac_trtc_04");
    assertThat(result.getInterrupts()[0].getCount()).isEqualTo(2);
    VideoInfo[] videos = result.getVideoInfos();
    assertThat(Arrays.stream(videos).map(VideoInfo::getVideoType))
        .containsExactly(0L, 4L, 1L, 3L, 2L);
    assertThat(Arrays.stream(videos).map(VideoInfo::getUserId))
        .containsExactly(
            "Mac_trtc_04", "Mac_trtc_04", "tic_substream_teacher", "tic_mixstream_1203_2", "");
    assertThat(Arrays.stream(videos).map(VideoInfo::getVideoFormat))
        .containsExactly("mp4", "mp3", "mp4", "mp4", "mp4");
    assertThat(videos[3].getVideoPlayTime()).isEqualTo(95);
    assertThat(videos[3].getVideoDuration()).isEqualTo(18_222);
    assertThat(videos[3].getVideoSize()).isEqualTo(765);
    assertThat(videos[3].getWidth()).isEqualTo(640);
    assertThat(videos[3].getVideoId())
        .matches("[0-9a-f]{32}")
        .isEqualTo(Md5.hex(task + "/mix-1.mp4"));
    assertThat(Arrays.stream(videos).map(VideoInfo::getVideoId).distinct()).hasSize(5);
    for (VideoInfo video : videos) {
      var answer = Downloads.get(video.getVideoUrl());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).hasSize(video.getVideoSize().intValue());
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith(video.getVideoFormat().equals("mp3") ? "audio/mpeg" : "video/mp4");
    }
  }

  @Test
  void omittedDurationsWithConcat() throws Exception {
    StartOnlineRecordRequest request = TencentTestServer.start(TencentTestServer.APP, "2");
    Concat concat = new Concat();
    concat.setEnabled(true);
    request.setConcat(concat);
    task = client.StartOnlineRecord(request).getTaskId();
    desk.made(
        task,
        new StreamFiles(
            0,
            List.of(TencentTestServer.file("page.mp4", Kind.WHITEBOARD, "", 0, 10, 1)),
            List.of(),
            List.of(new StreamFiles.Omitted(900, 1_568_949_370_000L, 1_568_949_390_000L)),
            List.of()));
    desk.become(task, new Status.Finished(FIRST), EndCause.ASKED);
    var omitted = describe().getOmittedDurations();
    assertThat(omitted).hasSize(1);
    assertThat(omitted[0].getVideoTime()).isEqualTo(900);
    assertThat(omitted[0].getPauseTime()).isEqualTo(1_568_949_370_000L);
    assertThat(omitted[0].getResumeTime()).isEqualTo(1_568_949_390_000L);
  }

  @Test
  void failedWithNothingAndWithSomething() throws Exception {
    desk.become(
        task,
        new Status.Failed(new AttemptHistory(3, 3, 0, false, false), UNREADY),
        EndCause.FAILURE);
    assertCode("FailedOperation.Record", this::describe);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(this::describe))
        .hasMessageContaining("code: 40002, msg: The page was not ready in time");
    assertCode("UnsupportedOperation.TaskHasAlreadyStopped", this::stop);
    task =
        client.StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "2")).getTaskId();
    desk.made(
        task,
        TencentTestServer.files(TencentTestServer.file("page.mp4", Kind.WHITEBOARD, "", 0, 10, 1)));
    desk.become(task, new Status.Failed(FIRST, UNREADY), EndCause.ASKED);
    assertThat(describe().getStatus()).isEqualTo("FINISHED");
    assertThat(describe().getFinishReason()).isEqualTo("EXCEPTION");
    assertThat(describe().getVideoInfos()).hasSize(1);
  }

  private DescribeOnlineRecordResponse describe() throws TencentCloudSDKException {
    DescribeOnlineRecordRequest request = new DescribeOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    return client.DescribeOnlineRecord(request);
  }

  private Object pause() throws TencentCloudSDKException {
    PauseOnlineRecordRequest request = new PauseOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    return client.PauseOnlineRecord(request);
  }

  private Object resume() throws TencentCloudSDKException {
    ResumeOnlineRecordRequest request = new ResumeOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    return client.ResumeOnlineRecord(request);
  }

  private Object stop() throws TencentCloudSDKException {
    StopOnlineRecordRequest request = new StopOnlineRecordRequest();
    request.setSdkAppId(TencentTestServer.APP);
    request.setTaskId(task);
    return client.StopOnlineRecord(request);
  }
}
