package org.pagereel.server.faces.tencent;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackRequest;
import com.tencentcloudapi.tiw.v20190919.models.StartOnlineRecordRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.FreePort;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.files.Retention;
import org.pagereel.server.core.files.Transfers;
import org.pagereel.server.core.queue.IdleWork;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.core.recording.EndCause;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.core.recording.Recordings;
import org.pagereel.server.core.recording.Status;
import org.pagereel.server.core.replay.Replays;
import org.pagereel.server.faces.CoreServices;
import org.pagereel.server.faces.files.RecordingFiles;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.http.ClientAddress;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.OwnAddress;
import org.pagereel.server.platform.http.SignedLinks;
import org.pagereel.server.platform.http.WebServer;
import org.pagereel.server.platform.network.AddressPolicy;
import org.pagereel.server.platform.network.OwnService;
import org.pagereel.server.platform.network.PageCheck;
import org.pagereel.server.platform.network.PageProxy;
import org.pagereel.server.platform.outbox.Sender;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;
import org.pagereel.server.platform.time.TimeSource;

/**
 * A server whose queue nobody works off: everything of it is real, and no recorder ever starts.
 * What a recording's owner would write, the test writes.
 */
final class TencentTestServer implements AutoCloseable {
  static final long APP = 1400000001L;
  static final String ID = "AKIDTESTSECRETID0000000000000000000";
  static final String KEY = "TESTSECRETKEY00000000000000000000";

  static final String SETTINGS =
      """
      tencent:
        - secretId: AKIDTESTSECRETID0000000000000000000
          secretKey: TESTSECRETKEY00000000000000000000
          apps:
            - {sdkAppId: 1400000001, page: "http://127.0.0.1:9/room.html?a=b", ready: load, keep: 2h}
            - {sdkAppId: 1400000002, key: 5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e}
            - {sdkAppId: 1400000003, page: "http://10.1.2.3/inside"}
        - secretId: AKIDOTHER00000000000000000000000000
          secretKey: OTHERSECRETKEY0000000000000000000
          apps: [{sdkAppId: 1400000009, page: "http://127.0.0.1:9/"}]
      network: {allow: [127.0.0.0/8]}
      recordings: {queue: 5}
      """;

  final Settings settings;
  final Path recordings;
  final Database database;
  final Transfers transfers = new Transfers();
  final Retention retention;
  final Replays replays;
  final SignedLinks links;
  private final FileStore made;
  private final TaskAnnouncer announcer;
  private final WorkQueue queue;
  private final PageProxy sending;
  private final Sender sender;
  private final WebServer web;

  TencentTestServer(Path folder) throws IOException {
    this(folder, SETTINGS);
  }

  TencentTestServer(Path folder, String yaml) throws IOException {
    int port = FreePort.find();
    settings = SettingsFile.read(Files.writeString(folder.resolve("settings.yaml"), yaml));
    recordings = folder.resolve("recordings");
    database = TestStores.open(folder);
    InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    OwnService own = new OwnService(listen, false);
    AddressPolicy addresses = new AddressPolicy(settings.network().allow());
    PageCheck pages = new PageCheck(addresses, own);
    sending = PageProxy.forSending(addresses, listen);
    links =
        new SignedLinks(
            "k".getBytes(StandardCharsets.US_ASCII), OwnAddress.of("http://127.0.0.1:" + port));
    made = new FolderStore(recordings);
    announcer = new TaskAnnouncer(links, made, InstantSource.system());
    queue =
        new WorkQueue(
            database,
            "desk",
            1,
            List.of(new IdleWork("recording"), new IdleWork("replay")),
            TimeSource.system());
    Integer most = settings.recordings().queue();
    int mostQueued = most == null ? Integer.MAX_VALUE : most;
    Recordings core = new Recordings(jdbi(), new Owners(), queue, announcer, mostQueued);
    replays = new Replays(jdbi(), queue, mostQueued, InstantSource.system());
    TencentFace face =
        new TencentFace(
            new CoreServices(
                settings,
                database,
                new FailedLogins(new ClientAddress(settings.proxies())),
                core,
                replays,
                pages,
                links,
                made,
                Standing.alone("desk", Instant::now),
                InstantSource.system()),
            own.page("room/record.html"),
            (scope, groupId, to) -> 0);
    retention =
        new Retention(
            java.util.List.of(new KeptTasks(settings)),
            jdbi(),
            made,
            transfers,
            () -> true,
            InstantSource.system());
    RecordingFiles files =
        new RecordingFiles(
            jdbi(),
            made,
            links,
            (context, recording) -> false,
            transfers,
            retention::hasDeleted,
            replays::files,
            InstantSource.system());
    CallbackTargets targets = new CallbackTargets(jdbi(), Duration.ofMillis(20));
    sender = new Sender(jdbi(), targets::find, sending.at());
    web =
        WebServer.open(
            listen,
            routes -> {
              face.routes(routes);
              routes.get("/recordings/{id}/{file}", files::serve);
            });
    sender.open();
  }

  Jdbi jdbi() {
    return database.jdbi();
  }

  int port() {
    return web.port();
  }

  /** The vendor's own client. */
  TiwClient client() {
    return client(ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST, KEY);
  }

  TiwClient client(String signMethod, String method, String secretKey) {
    return client(port(), profile(port(), signMethod, method), ID, secretKey);
  }

  /** Its own key, and the signature that its clients have today. */
  static TiwClient client(int port) {
    return client(port, profile(port, ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST), ID, KEY);
  }

  static TiwClient client(int port, ClientProfile profile, String secretId, String secretKey) {
    return new TiwClient(new Credential(secretId, secretKey), "ap-guangzhou", profile);
  }

  static ClientProfile profile(int port, String signMethod, String method) {
    HttpProfile http = new HttpProfile();
    http.setEndpoint("127.0.0.1:" + port);
    http.setProtocol(HttpProfile.REQ_HTTP);
    http.setReqMethod(method);
    ClientProfile profile = new ClientProfile();
    profile.setSignMethod(signMethod);
    profile.setHttpProfile(http);
    return profile;
  }

  /** Has the app's events sent there. */
  static SetOnlineRecordCallbackRequest callback(String url) {
    SetOnlineRecordCallbackRequest request = new SetOnlineRecordCallbackRequest();
    request.setSdkAppId(APP);
    request.setCallback(url);
    return request;
  }

  static StartOnlineRecordRequest start(long app, String user) {
    StartOnlineRecordRequest request = new StartOnlineRecordRequest();
    request.setSdkAppId(app);
    request.setRoomId(1203L);
    request.setRecordUserId("tic_record_user_1203_" + user);
    request.setRecordUserSig("usersig");
    return request;
  }

  Recording find(String id) {
    return jdbi().withHandle(handle -> RecordingStore.find(handle, id)).orElseThrow();
  }

  /** What the recording's owner does: stores the status and announces it, in one transaction. */
  void become(String id, Status status, @Nullable EndCause ended) {
    Optional<RecordingResult> result =
        status.state().isEnded() ? made.recorded(id) : Optional.empty();
    jdbi()
        .useTransaction(handle -> {
          Recording before = RecordingStore.find(handle, id).orElseThrow();
          boolean starts = before.startedAt() == null && status.tries().announced();
          boolean ends = before.endedAt() == null && !status.state().isRunning();
          handle
              .createUpdate(
                  "UPDATE recordings SET status = :status, state = :state, running = :running,"
                      + " ended = :ended, result = :result, started_at = COALESCE(:start, started_at), ended_at ="
                      + " COALESCE(:end, ended_at) WHERE id = :id")
              .bind("status", Json.LINES.writerFor(Status.class).writeValueAsString(status))
              .bind("state", status.state().name())
              .bind("running", status.state().isRunning() ? 1 : 0)
              .bind("ended", ended == null ? null : ended.name())
              .bind("start", starts ? Instant.now().toEpochMilli() : null)
              .bind("end", ends ? Instant.now().toEpochMilli() : null)
              .bind("result", result.map(Json.LINES::writeValueAsString).orElse(null))
              .bind("id", id)
              .execute();
          announcer.changed(
              handle, RecordingStore.find(handle, id).orElseThrow(), Optional.empty());
        });
  }

  /** What the recorder does at its end. */
  void made(String id, StreamFiles files) throws IOException {
    Path folder = Files.createDirectories(recordings.resolve(id));
    for (StreamFiles.StreamFile file : files.files()) {
      Files.write(folder.resolve(file.file()), new byte[(int) file.bytes()]);
    }
    Files.writeString(folder.resolve(StreamFiles.FILE), Json.PRETTY.writeValueAsString(files));
  }

  static StreamFiles.StreamFile file(
      String name, StreamFiles.Kind kind, String user, long start, long duration, long bytes) {
    return new StreamFiles.StreamFile(name, kind, user, start, duration, bytes, 640, 360);
  }

  static StreamFiles files(StreamFiles.StreamFile... files) {
    return new StreamFiles(0, List.of(files), List.of(), List.of(), List.of());
  }

  @Override
  public void close() {
    web.close();
    sender.close();
    sending.close();
    queue.close();
    database.close();
  }
}
