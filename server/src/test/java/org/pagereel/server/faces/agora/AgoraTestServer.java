package org.pagereel.server.faces.agora;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.FreePort;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.files.Transfers;
import org.pagereel.server.core.queue.IdleWork;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.core.recording.AttemptHistory;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.core.recording.Recordings;
import org.pagereel.server.core.recording.Status;
import org.pagereel.server.core.replay.Replays;
import org.pagereel.server.faces.CoreServices;
import org.pagereel.server.faces.demo.DemoRoomRoutes;
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
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;
import org.pagereel.server.platform.time.TimeSource;

/**
 * A server whose queue nobody works off: everything of the face is real, and no recorder ever
 * starts. What a recording's owner would write, the test writes.
 */
final class AgoraTestServer implements AutoCloseable {
  final Settings settings;
  final Path recordings;
  final Database database;
  final SignedLinks links;
  private final DemoRoomRoutes demo = new DemoRoomRoutes(true);
  private final WorkQueue queue;
  private final WebServer web;

  AgoraTestServer(Path folder, String yaml) throws IOException {
    int port = FreePort.find();
    settings = SettingsFile.read(Files.writeString(folder.resolve("settings.yaml"), yaml));
    recordings = Files.createDirectories(folder.resolve("recordings"));
    database = TestStores.open(folder);
    InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    PageCheck pages =
        new PageCheck(new AddressPolicy(settings.network().allow()), new OwnService(listen, false));
    links =
        new SignedLinks(
            "k".getBytes(StandardCharsets.US_ASCII), OwnAddress.of("http://127.0.0.1:" + port));
    queue =
        new WorkQueue(
            database,
            "desk",
            1,
            List.of(new IdleWork("recording"), new IdleWork("replay")),
            TimeSource.system());
    Recordings core =
        new Recordings(
            database.jdbi(),
            new Owners(),
            queue,
            new RecordAnnouncer(settings, InstantSource.system()),
            Integer.MAX_VALUE);
    AgoraFace face =
        new AgoraFace(
            new CoreServices(
                settings,
                database,
                new FailedLogins(new ClientAddress(settings.proxies())),
                core,
                new Replays(database.jdbi(), queue, Integer.MAX_VALUE, InstantSource.system()),
                pages,
                links,
                new FolderStore(recordings),
                Standing.alone("desk", Instant::now),
                InstantSource.system()));
    RecordingFiles files =
        new RecordingFiles(
            database.jdbi(),
            new FolderStore(recordings),
            links,
            face::opens,
            new Transfers(),
            id -> false,
            id -> Optional.<Set<String>>empty(),
            InstantSource.system());
    web =
        WebServer.open(
            listen,
            routes -> {
              face.routes(routes);
              demo.routes(routes);
              routes.get("/recordings/{id}/{file}", files::serve);
            });
  }

  String base() {
    return "http://127.0.0.1:" + web.port();
  }

  AgoraClient client(String token) {
    return new AgoraClient(base(), TestServer.APP, token, null);
  }

  /** The token in the address of the recording's page. */
  String recorderToken(String recordId) {
    String address =
        database
            .jdbi()
            .withHandle(handle -> RecordingStore.find(handle, recordId))
            .orElseThrow()
            .spec()
            .page()
            .url();
    return java.net.URLDecoder.decode(
        address.replaceAll(".*rtmToken=([^&]*).*", "$1"), StandardCharsets.UTF_8);
  }

  /** What the recording's owner does at the end of it. */
  void finish(String recordId) {
    Status finished = new Status.Finished(AttemptHistory.NONE);
    Optional<RecordingResult> result = new FolderStore(recordings).recorded(recordId);
    database
        .jdbi()
        .useTransaction(handle ->
            handle.execute(
                "UPDATE recordings SET status = ?, state = ?, running = 0, ended_at = 1, result ="
                    + " ? WHERE id = ?",
                Json.LINES.writerFor(Status.class).writeValueAsString(finished),
                finished.state().name(),
                result.map(Json.LINES::writeValueAsString).orElse(null),
                recordId));
  }

  @Override
  public void close() {
    demo.close();
    web.close();
    queue.close();
    database.close();
  }
}
