package org.pagereel.server.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files on this machine. */
class FolderStoreTest extends FileStoreContract {
  @Override
  FileStore store() {
    return new FolderStore(folder.resolve("recordings"));
  }

  @Override
  void put(String id, String file, String content) throws IOException {
    write(folder.resolve("recordings").resolve(id).resolve(file), content);
  }

  @Test
  void noLinkIsFollowedWhenFilesAreDeleted() throws Exception {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Files.createFile(kept.resolve("file"));
    put("one", "page.mp4", "x");
    Files.createSymbolicLink(folder.resolve("recordings/one/link"), kept);
    store().delete("one");
    assertThat(kept.resolve("file")).exists();
    assertThat(folder.resolve("recordings/one")).doesNotExist();
  }
}
