package org.pagereel.server.service;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.RecordingWorker;
import org.pagereel.server.faces.agora.RecordAnnouncer;
import org.pagereel.server.platform.config.PostgresSettings;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.fleet.Fleet;
import org.pagereel.server.platform.fleet.NodeLoad;
import org.pagereel.server.platform.fleet.Wakes;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.node.DiskAccount;
import org.pagereel.server.platform.node.SimulatedMachine;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.supervisor.Patience;
import org.pagereel.server.platform.supervisor.SimulatedRecorders;
import org.pagereel.server.platform.time.TimeSource;

/** A worker as it is, but for its machine and its recorders, and without an API. */
final class SimulatedNode {
  private final Database database;
  private final SimulatedRecorders recorders;
  private final Admission admission;
  private final Fleet fleet;
  private final WorkQueue queue;
  private final Wakes wakes;

  SimulatedNode(
      String name,
      int atOnce,
      Settings settings,
      PostgresSettings store,
      Path folder,
      ScheduledExecutorService timer,
      BiConsumer<String, Integer> started) {
    TimeSource time = TimeSource.system();
    database = Database.open(store, folder);
    recorders = new SimulatedRecorders(timer, started);
    DiskAccount disk = new DiskAccount(folder);
    admission = SimulatedMachine.admission(atOnce, disk, time);
    Owners owners = new Owners();
    fleet =
        Fleet.join(
            database.heartbeats(),
            database.jdbi(),
            time,
            new Fleet.Member(name, "http://" + name, "simulated", name),
            () -> new NodeLoad(owners.size(), admission.room(), 0),
            (handle, lost) -> FleetWake.lose(handle, lost.name(), true));
    RecordingWorker worker =
        new RecordingWorker(
            name,
            database.jdbi(),
            new RecordAnnouncer(settings, InstantSource.system()),
            owners,
            admission,
            disk,
            recorders,
            new FolderStore(folder.resolve("recordings")),
            fleet,
            time,
            Patience.DEFAULT,
            settings.recordings().waitAtMost());
    queue = new WorkQueue(database, name, atOnce + 5, List.of(worker), time, fleet);
    wakes = new Wakes(name, database::listen, new FleetWake(name, owners, queue, fleet)::hear);
    wakes.open();
    queue.open();
  }

  /** Ends without a word, as a machine that loses its power. */
  void die() {
    database.close();
    wakes.close();
    recorders.close();
    queue.close();
    fleet.close(); // in vain
    admission.close();
  }

  void close() {
    wakes.close();
    queue.close();
    recorders.close();
    fleet.close();
    admission.close();
    database.close();
  }
}
