package org.pagereel.server.platform.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteDataSource;

/** Another process that has the store locked for writing, from its opening to its closing. */
public final class StoreLock implements AutoCloseable {
  private final Process process;

  public StoreLock(Path database) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreLock.class.getName(),
                database.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    if (!"locked".equals(out.readLine())) {
      throw new IOException("Cannot lock " + database);
    }
  }

  /** Locks, says so, and waits for the end of its input. */
  public static void main(String[] arguments) throws SQLException, IOException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + arguments[0]);
    source.getConfig().setBusyTimeout(20_000);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      System.out.println("locked");
      int end = System.in.read();
      statement.execute(end < 0 ? "ROLLBACK" : "COMMIT");
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
