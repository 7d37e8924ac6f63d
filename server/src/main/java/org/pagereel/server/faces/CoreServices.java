package org.pagereel.server.faces;

import java.time.InstantSource;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.recording.Recordings;
import org.pagereel.server.core.replay.Replays;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.SignedLinks;
import org.pagereel.server.platform.network.PageCheck;
import org.pagereel.server.platform.store.Database;

/**
 * What a server offers to each of its faces.
 *
 * @param recordings starts and stops recordings
 * @param replays starts and stops after-class tasks
 * @param pages says which addresses may be recorded
 * @param links makes links to files
 * @param files what recordings and replays have made
 * @param standing what this server does for all that share its store
 * @param clock the time of day, which all that share the store have in common
 */
public record CoreServices(
    Settings settings,
    Database database,
    FailedLogins logins,
    Recordings recordings,
    Replays replays,
    PageCheck pages,
    SignedLinks links,
    FileStore files,
    Standing standing,
    InstantSource clock) {}
