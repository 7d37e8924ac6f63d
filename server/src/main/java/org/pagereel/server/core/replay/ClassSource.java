package org.pagereel.server.core.replay;

import java.io.IOException;
import java.nio.file.Path;

/** The source of a class's events, and of the files that they name by a relative path. */
public interface ClassSource {
  /**
   * Writes {@link org.pagereel.recorder.folder.ClassEvent#FILE} into the folder, which appears
   * there as a whole and as the last file. A file that an earlier attempt has left in the folder
   * may be used.
   *
   * @param scope the account: an appId
   * @return the number of messages; 0 if there is no such group, and then there may be no file
   * @throws ClassUnavailable they cannot be had, and asking again would not help
   * @throws IOException the folder cannot be written; another time it may be
   */
  long write(String scope, String groupId, Path folder) throws IOException, ClassUnavailable;

  /**
   * Whether all of the class's files are known. Those of cameras come some time after the class; a
   * task waits for them, but not for ever.
   */
  default boolean isComplete(String scope, String groupId) {
    return true;
  }
}
