package org.pagereel.server.faces.classes;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.faces.im.Backoff;
import org.pagereel.server.faces.im.Group;
import org.pagereel.server.faces.im.GroupHistory;
import org.pagereel.server.faces.im.GroupMessage;
import org.pagereel.server.faces.im.GroupPost;
import org.pagereel.server.faces.im.HistoryAccess;
import org.pagereel.server.faces.im.HistoryClient;
import org.pagereel.server.platform.config.HistorySource;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentApp;

/**
 * Writes the messages of a group into a class's folder: {@code messages.jsonl}, oldest first, one
 * item of the vendor's {@code RspMsgList} a line (docs/vendors/tencent.md, "Message history"), with
 * our {@code MsgTimeMillis} (Unix ms) where it is known. Holes have no line. Uploads that messages
 * name lie beside it afterwards, and their messages name those files.
 */
public final class ClassMessages {
  static final String FILE = "messages.jsonl";

  /** The file of messages that are being pulled; it stays if pulling ends too early. */
  static final String PULLED = "messages.pulled";

  private static final int AT_ONCE = 500;

  private final Settings settings;
  private final Jdbi jdbi;
  private final Uploads uploads;
  private final Backoff backoff;

  public ClassMessages(Settings settings, Jdbi jdbi, Uploads uploads) {
    this(settings, jdbi, uploads, Backoff.USUAL);
  }

  ClassMessages(Settings settings, Jdbi jdbi, Uploads uploads, Backoff backoff) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.uploads = uploads;
    this.backoff = backoff;
  }

  /**
   * Writes the file, from our store or from where the app's messages are. It is there as a whole or
   * not at all: who finds it need not write it again. A group that there is not, or not any more,
   * gives an empty one here.
   *
   * @param folder is there
   * @throws org.pagereel.server.faces.im.HistoryFailure the vendor does not give them; if it is
   *     worth repeating, the next call with the same folder goes on where this one ended.
   *     Interrupting the thread is one way to end it
   * @throws UncheckedIOException the folder cannot be written
   */
  public WrittenMessages write(long sdkAppId, String groupId, Path folder) {
    @Nullable TencentApp app = settings.tencentApp(sdkAppId).orElse(null);
    @Nullable HistorySource source = app == null ? null : app.history();
    try {
      return app == null || source == null
          ? fromStore(sdkAppId, groupId, folder)
          : fromVendor(access(app, source), groupId, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The messages of the group " + groupId + " cannot be written into " + folder, e);
    }
  }

  private WrittenMessages fromStore(long sdkAppId, String groupId, Path folder) throws IOException {
    Optional<Group> group = jdbi.withHandle(handle -> GroupPost.find(handle, sdkAppId, groupId));
    MessageLine line =
        new MessageLine(id -> {
          Path target = folder.resolve("upload-" + id);
          return group.isPresent() && uploads.link(id, group.get().number(), target)
              ? Optional.of(String.valueOf(target.getFileName()))
              : Optional.empty();
        });
    Path fresh = folder.resolve(FILE + ".new");
    long count = 0;
    long last = group.map(Group::lastSeq).orElse(0L);
    // Half a character is replaced, and no failure.
    try (BufferedWriter writer =
        new BufferedWriter(
            new OutputStreamWriter(Files.newOutputStream(fresh), StandardCharsets.UTF_8))) {
      List<GroupMessage> page = page(group, 0, last);
      while (!page.isEmpty()) {
        for (GroupMessage message : page) {
          writer.write(line.of(message));
          writer.newLine();
        }
        count += page.size();
        page = page(group, page.getLast().seq(), last);
      }
    }
    Files.move(
        fresh,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return new WrittenMessages(count, last - count);
  }

  /** Leaves out messages that were sent in the meantime: the numbers must add up. */
  private List<GroupMessage> page(Optional<Group> group, long after, long last) {
    return group
        .map(one -> new GroupHistory(jdbi).read(one, after, AT_ONCE))
        .orElse(List.of())
        .stream()
        .filter(message -> message.seq() <= last)
        .toList();
  }

  private WrittenMessages fromVendor(HistoryAccess access, String groupId, Path folder)
      throws IOException {
    Path pulled = folder.resolve(PULLED);
    WrittenMessages written;
    try (PulledFile file = new PulledFile(pulled, new MessageLine(id -> Optional.empty()));
        HistoryClient client = new HistoryClient(access, backoff)) {
      var _ = client.pull(groupId, file);
      Path fresh = folder.resolve(FILE + ".new");
      written = file.writeOldestFirst(fresh);
      Files.move(
          fresh,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.delete(pulled);
    return written;
  }

  private static HistoryAccess access(TencentApp app, HistorySource source) {
    @Nullable String key = source.key() == null ? app.key() : source.key();
    return new HistoryAccess(
        URI.create(source.url()),
        app.sdkAppId(),
        source.usersig() == null ? key : null,
        source.identifier(),
        source.usersig());
  }
}
