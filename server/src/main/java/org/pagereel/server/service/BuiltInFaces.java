package org.pagereel.server.service;

import java.util.List;
import org.pagereel.server.core.replay.ClassSource;
import org.pagereel.server.faces.CoreServices;
import org.pagereel.server.faces.Face;
import org.pagereel.server.faces.agora.AgoraFace;
import org.pagereel.server.faces.classes.ClassFace;
import org.pagereel.server.faces.classes.ClassMessages;
import org.pagereel.server.faces.classes.GroupClass;
import org.pagereel.server.faces.classes.Uploads;
import org.pagereel.server.faces.demo.DemoRoomRoutes;
import org.pagereel.server.faces.im.ImFace;
import org.pagereel.server.faces.tencent.TencentFace;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.store.Database;

/** The faces that every server has: the one place that knows them by their types. */
final class BuiltInFaces {
  private BuiltInFaces() {}

  /**
   * Makes all of them.
   *
   * @param roomPage address of the recording page for apps that have none of their own
   * @param demo whether the demo room is open
   */
  static List<Face> of(CoreServices core, String roomPage, Uploads uploads, boolean demo) {
    Settings settings = core.settings();
    Database database = core.database();
    ClassSource classes =
        new GroupClass(new ClassMessages(settings, database.jdbi(), uploads), database.jdbi());
    return List.of(
        new AgoraFace(core),
        new TencentFace(core, roomPage, classes),
        new ImFace(settings, core.logins(), database.commands(), database.messages(), core.clock()),
        new ClassFace(
            settings,
            core.logins(),
            database.commands(),
            database.messages(),
            uploads,
            core.clock()),
        new DemoRoomRoutes(demo));
  }
}
