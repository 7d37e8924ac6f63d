package org.pagereel.server.service;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageNetwork;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.files.Retention;
import org.pagereel.server.core.files.Transfers;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.RecordingWorker;
import org.pagereel.server.core.recording.Recordings;
import org.pagereel.server.core.recording.Wake;
import org.pagereel.server.core.replay.ReplayWorker;
import org.pagereel.server.core.replay.Replays;
import org.pagereel.server.faces.CoreServices;
import org.pagereel.server.faces.Face;
import org.pagereel.server.faces.classes.Uploads;
import org.pagereel.server.faces.files.RecordingFiles;
import org.pagereel.server.faces.operations.DrainRoute;
import org.pagereel.server.faces.operations.Operations;
import org.pagereel.server.platform.config.NodeRole;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.fleet.Fleet;
import org.pagereel.server.platform.fleet.NodeLoad;
import org.pagereel.server.platform.fleet.SharedFailures;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.fleet.Wakes;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.ClientAddress;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.GatewayKey;
import org.pagereel.server.platform.http.OwnAddress;
import org.pagereel.server.platform.http.PageGateway;
import org.pagereel.server.platform.http.RecordPages;
import org.pagereel.server.platform.http.SignedLinks;
import org.pagereel.server.platform.http.WebServer;
import org.pagereel.server.platform.network.AddressPolicy;
import org.pagereel.server.platform.network.OwnService;
import org.pagereel.server.platform.network.PageCheck;
import org.pagereel.server.platform.network.PageFirewall;
import org.pagereel.server.platform.network.PageProxy;
import org.pagereel.server.platform.network.PublicAddress;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.node.DiskAccount;
import org.pagereel.server.platform.outbox.DeliveredNotices;
import org.pagereel.server.platform.outbox.Sender;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.Housekeeping;
import org.pagereel.server.platform.store.Secrets;
import org.pagereel.server.platform.store.Tidy;
import org.pagereel.server.platform.supervisor.Patience;
import org.pagereel.server.platform.supervisor.RecorderPool;
import org.pagereel.server.platform.supervisor.RecorderSettings;
import org.pagereel.server.platform.supervisor.Recorders;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /**
   * The number of recordings that may have an owner here; {@link Admission} limits those that run.
   */
  private static final int MAX_OWNED = 200;

  /** A worker answers these to everybody who may ask. */
  private static final List<String> OPEN_PATHS =
      List.of("/health", "/metrics", "/admin/", "/recordings/", "/record-page/");

  private static final String LINKS_KEY = "links.key";

  /** Nearly the hour after which it is looked for again: of several servers one does it. */
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(55);

  private final Settings settings;
  private final Deque<AutoCloseable> open;
  private final RecordingWorker worker;
  private final ReplayWorker replayWorker;
  private final WebServer web;
  private final WorkQueue queue;
  private final Drain drain;
  private final boolean hasPeers;
  private final Recordings recordings;
  private final Housekeeping housekeeping;
  private final Retention retention;
  private final Faces faces = new Faces();

  private Service(
      Settings settings,
      Path data,
      Path pages,
      TimeSource ownTime,
      BiFunction<RecorderSettings, Integer, Recorders> recorderMaker,
      Function<CoreServices, List<Face>> more,
      Deque<AutoCloseable> open) {
    this.settings = settings;
    this.open = open;
    DataFolder folder = opened(DataFolder.open(data));
    String node = folder.secret("node", 4);
    open.push(() -> Leftovers.reapAll(node + "-")); // recorders that were killed a moment ago
    Leftovers.reapAbandoned();
    Leftovers.reapAll(node + "-");
    String name = settings.node() == null ? node : settings.node();
    Database database = opened(Database.open(settings.database(), folder.path()));
    InetSocketAddress listen = Listen.parse(settings);
    boolean demo = settings.hasDemoRoom(listen.getAddress().isLoopbackAddress());
    @Nullable PublicAddress publicly = publicAddress(settings);
    OwnService own = new OwnService(listen, publicly, demo);
    @Nullable GatewayKey gatewayKey =
        publicly != null && publicly.isTls()
            ? GatewayKey.of(folder.path().resolve("door.p12"))
            : null;
    PageGateway gateway = new PageGateway(own::forPages, gatewayKey);
    AddressPolicy addresses = new AddressPolicy(settings.network().allow());
    PageProxy proxy = opened(PageProxy.open(addresses, own, gateway::address));
    PageFirewall firewall = opened(PageFirewall.open(addresses, node));
    PageNetwork network =
        new PageNetwork(gatewayKey == null ? null : gatewayKey.fingerprint(), firewall.group());
    Recorders recorders =
        opened(
            recorderMaker.apply(
                new RecorderSettings(node, proxy.address(), network),
                settings.recordings().warm()));
    OwnAddress address = OwnAddress.of(settings.publicUrl(), listen);
    SignedLinks links = new SignedLinks(linksKey(folder, database), address);
    FilesFolder files =
        FilesFolder.open(settings.files() == null ? folder.path() : settings.files(), database);
    FileStore made = new FolderStore(files.recordings());
    Owners owners = new Owners();
    DiskAccount disk = new DiskAccount(files.path());
    Admission admission = opened(new Admission(settings.recordings().atOnce(), disk, ownTime));
    Standing standing =
        database.isShared()
            ? opened(
                Fleet.join(
                    database.heartbeats(),
                    database.jdbi(),
                    ownTime,
                    new Fleet.Member(name, address.unasked(), Version.own(), node),
                    () ->
                        settings.role().records()
                            ? new NodeLoad(owners.size(), admission.room(), recorders.waiting())
                            : NodeLoad.NONE,
                    (handle, lost) -> FleetWake.lose(handle, lost.name(), hasWakes(settings))))
            : Standing.alone(name, ownTime::steady);
    hasPeers = standing.hasPeers();
    requirePossible(settings.role());
    // One that is set wrongly must not tell the others what the time is, nor refuse good tokens.
    TimeSource time = database.isShared() ? ownTime.telling(standing::now) : ownTime;
    worker =
        new RecordingWorker(
            name,
            database.jdbi(),
            faces,
            owners,
            admission,
            disk,
            recorders,
            made,
            standing,
            time,
            Patience.DEFAULT.withFrozenAfter(settings.recordings().frozenAfter()),
            settings.recordings().waitAtMost());
    replayWorker =
        new ReplayWorker(
            name,
            database.jdbi(),
            faces,
            admission,
            disk,
            recorders,
            worker::isAnyQueued,
            faces::classSource,
            made,
            standing,
            time);
    queue =
        opened(
            new WorkQueue(
                database, name, MAX_OWNED, List.of(worker, replayWorker), time, standing));
    Replays replays =
        new Replays(database.commands(), queue, settings.recordings().queue(), time::wall);
    recordings =
        new Recordings(
            database.commands(),
            owners,
            queue,
            faces,
            settings.recordings().queue(),
            wake(settings, name, database, owners, standing),
            time::wall);
    PageCheck check = new PageCheck(addresses, own);
    ClientAddress clients = new ClientAddress(settings.proxies());
    SharedFailures failures = new SharedFailures(database.jdbi(), time::wall);
    FailedLogins logins =
        hasPeers ? new FailedLogins(clients, failures::add) : new FailedLogins(clients);
    CoreServices core =
        new CoreServices(
            settings,
            database,
            logins,
            recordings,
            replays,
            check,
            links,
            made,
            standing,
            time::wall);
    Uploads uploads = new Uploads(files.uploads(), database.jdbi(), disk::leftForOthers);
    BuiltInFaces.of(core, own.page("room/record.html"), uploads, demo).forEach(faces::add);
    more.apply(core).forEach(faces::add);
    List<Tidy> tidies = new ArrayList<>(faces.tidies());
    tidies.add(DeliveredNotices.tidy());
    tidies.add((jdbi, now) -> failures.tidy());
    housekeeping =
        opened(
            new Housekeeping(
                database.bulk(),
                tidies,
                () -> standing.leads("housekeeping", HOUSEKEEPING),
                time::wall));
    Transfers transfers = new Transfers();
    retention =
        opened(
            new Retention(
                faces.keptFiles(),
                database.bulk(),
                made,
                transfers,
                () -> standing.leads("retention", Standing.SOME_TIME),
                time::wall));
    PageProxy sending = opened(PageProxy.forSending(addresses, listen));
    Sender sender =
        opened(new Sender(database.jdbi(), faces::target, sending.at(), time, standing));
    RecordingFiles offered =
        new RecordingFiles(
            database.jdbi(),
            made,
            links,
            faces::opens,
            transfers,
            retention::hasDeleted,
            replays::files,
            time::wall);
    Operations operations = new Operations(database, owners, recorders);
    drain = new Drain(standing, worker, owners, settings.recordings().drainAfter(), ownTime);
    DrainRoute draining =
        new DrainRoute(drain, clients, settings.operatorKey(), settings.publicUrl() == null);
    RecordPages recordPages = new RecordPages(pages);
    web =
        opened(
            WebServer.open(
                listen,
                publicly == null ? null : gateway,
                routes -> {
                  if (!settings.role().answers()) {
                    routes.before(context -> requireOwnPage(context, clients));
                  }
                  faces.routes(routes);
                  getAndHead(routes, "/recordings/{id}/{file}", offered::serve);
                  getAndHead(routes, "/record-page/<path>", recordPages::serve);
                  getAndHead(routes, "/health", operations::health);
                  getAndHead(routes, "/metrics", operations::metrics);
                  routes.post("/admin/drain", draining::begin);
                  routes.get("/admin/drain", draining::tell);
                }));
    open.push(faces); // closed before the web server, which waits for their answers
    if (settings.role().records()) {
      recorders.open();
      queue.open();
    }
    sender.open();
    housekeeping.open();
    retention.open();
    faces.open();
  }

  /**
   * Starts a server.
   *
   * @param pages the folder of the recording pages
   */
  public static Service open(Settings settings, Path data, Path pages) {
    return open(settings, data, pages, TimeSource.system());
  }

  /** The same by another clock. */
  public static Service open(Settings settings, Path data, Path pages, TimeSource time) {
    return open(settings, data, pages, time, RecorderPool::new, core -> List.of());
  }

  /**
   * The same with recorders of another make, and more faces. If a part cannot be opened, those that
   * were are closed.
   *
   * @param recorders makes them of what they have in common and how many are kept warm
   * @param more makes the faces that this server has besides the usual ones
   */
  static Service open(
      Settings settings,
      Path data,
      Path pages,
      TimeSource time,
      BiFunction<RecorderSettings, Integer, Recorders> recorders,
      Function<CoreServices, List<Face>> more) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      return new Service(settings, data, pages, time, recorders, more, open);
    } catch (RuntimeException | Error e) {
      closeAll(open);
      throw e;
    }
  }

  public int port() {
    return web.port();
  }

  private void requirePossible(NodeRole role) {
    if (!hasPeers && role != NodeRole.BOTH) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "role is "
              + role
              + ", and there are no other nodes: that takes a database that they share");
    }
  }

  /** Its own pages come from this machine. */
  private static void requireOwnPage(Context context, ClientAddress clients) {
    boolean isForEverybody = OPEN_PATHS.stream().anyMatch(path -> context.path().startsWith(path));
    if (!isForEverybody && !clients.of(context).everybody()) {
      throw new ApiError(
          503, 503, "This node only records (role: worker); ask one with another role");
    }
  }

  private static boolean hasWakes(Settings settings) {
    return settings.database() != null && settings.database().wakes();
  }

  /** How other nodes are told of what clients want, and how this one hears of it. */
  private Wake wake(
      Settings settings, String node, Database database, Owners owners, Standing standing) {
    if (!hasWakes(settings)) {
      return Wake.NOBODY;
    }
    FleetWake wake = new FleetWake(node, owners, queue, standing);
    opened(new Wakes(node, database::listen, wake::hear)).open();
    return wake;
  }

  /** Any server that shares the store opens the links of all. */
  private static byte[] linksKey(DataFolder folder, Database database) {
    String own = folder.secret(LINKS_KEY, 32);
    String key =
        database.isShared()
            ? database.jdbi().inTransaction(handle -> Secrets.of(handle, LINKS_KEY, own))
            : own;
    return key.getBytes(StandardCharsets.US_ASCII);
  }

  /** Removes at once what is over at this moment; else that is done from time to time. */
  void tidy(Instant now) {
    retention.clean(now);
    housekeeping.clean(now);
  }

  /**
   * Finishes what is being recorded, or hands it over to other nodes, as far as the time goes, and
   * stops.
   */
  @Override
  public void close() {
    if (hasPeers) {
      drain.begin();
      if (!drain.await(settings.recordings().stopWithin())) {
        LOG.warn("Nobody has taken {} recordings; a node goes on when there is room", drain.left());
      }
    }
    recordings.close();
    faces.quiesce();
    queue.pause();
    replayWorker.close();
    if (!hasPeers && !worker.stopAll(settings.recordings().stopWithin())) {
      LOG.warn("Some recordings did not finish in time; the next start completes them");
    }
    closeAll(open);
  }

  private static void closeAll(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("Closing", e);
      }
    }
  }

  private static @Nullable PublicAddress publicAddress(Settings settings) {
    String text = settings.publicUrl();
    try {
      return text == null ? null : PublicAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RecordingFailure(FailureCategory.USER, String.valueOf(e.getMessage()), e);
    }
  }

  /** Javalin answers HEAD with 200 by itself, whether there is anything or not. */
  private static void getAndHead(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }
}
