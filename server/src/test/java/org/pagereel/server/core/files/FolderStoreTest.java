package org.pagereel.server.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.Report;

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

  private void part(long epoch, String file, String content) throws IOException {
    write(store().workplace("one", epoch).resolve(file), content);
  }

  private String content(String file) throws IOException {
    try (StoredFile open = store().open("one", file).orElseThrow()) {
      return new String(open.from(0).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void filesOfAllPartsAreFoundTheLatestFirst() throws Exception {
    part(2, "page-1-00000.ts", "first");
    part(2, "page.m3u8", "old");
    part(10, "page-2-00000.ts", "second");
    part(10, "page.m3u8", "new");
    assertThat(content("page-1-00000.ts")).isEqualTo("first");
    assertThat(content("page-2-00000.ts")).isEqualTo("second");
    assertThat(content("page.m3u8")).isEqualTo("new");
    assertThat(store().open("one", "epoch-2")).isEmpty();
    assertThat(store().bytes("one", name -> name.endsWith(".ts"))).isEqualTo(6);
  }

  @Test
  void theLastPartBecomesTheWholeWhenItIsComplete() throws Exception {
    part(1, Report.FILE, report("RECORDING", "[]"));
    part(1, "page-1-00000.ts", "first");
    part(2, Report.FILE, report("FINISHING", "[]"));
    part(2, "page-1-00000.ts", "first");
    part(2, "page.mp4", "film");
    part(2, "earlier.json", "{}");
    store().publish("one");
    assertThat(folder.resolve("recordings/one/page.mp4")).as("it is not over").doesNotExist();
    part(2, Report.FILE, report("FINISHED", "[{\"file\":\"page.mp4\"}]"));
    store().publish("one");
    store().publish("one");
    assertThat(listed()).containsExactly("page-1-00000.ts", "page.mp4", "recording.json");
    assertThat(store().report("one").orElseThrow().filesAreMade()).isTrue();
  }

  /** It may have been killed in the middle; whoever comes next has a part of its own. */
  @Test
  void whatWasHalfPublishedIsPublished() throws Exception {
    put("one", "page.mp4", "film");
    part(2, Report.FILE, report("FINISHED", "[{\"file\":\"page.mp4\"}]"));
    part(2, "page.m3u8", "list");
    Files.createDirectories(store().workplace("one", 3));
    store().publish("one");
    assertThat(listed()).containsExactly("page.m3u8", "page.mp4", "recording.json");
  }

  private List<String> listed() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("recordings/one"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
