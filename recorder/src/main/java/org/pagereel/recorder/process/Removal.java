package org.pagereel.recorder.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * Removes a folder with all in it and follows no link, not even one that takes a folder's place
 * meanwhile: the browser, which is not trusted, writes into folders that root removes.
 */
final class Removal {
  private Removal() {}

  /** The folder that this one lies in must be ours alone. */
  static void of(Path folder) throws IOException {
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(folder.getParent())) {
      remove((SecureDirectoryStream<Path>) parent, folder.getFileName());
    } catch (NoSuchFileException e) {
      // It is gone already, or some of it went while we looked.
    }
  }

  private static void remove(SecureDirectoryStream<Path> in, Path name) throws IOException {
    var view =
        in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!view.readAttributes().isDirectory()) {
      in.deleteFile(name);
      return;
    }
    try (var inside = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : inside) {
        remove(inside, entry.getFileName());
      }
    }
    in.deleteDirectory(name);
  }
}
