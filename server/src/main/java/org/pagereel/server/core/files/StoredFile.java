package org.pagereel.server.core.files;

import java.io.IOException;
import java.io.InputStream;

/** A file that is open for reading, at the size that it had then. */
public interface StoredFile extends AutoCloseable {
  long size();

  /** The bytes from here on. Closing the stream closes the file. */
  InputStream from(long position) throws IOException;

  @Override
  void close() throws IOException;
}
