package org.pagereel.server.platform.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a handle takes for its connection: within a transaction the writer's, otherwise one of the
 * readers', which is taken when something is read. So whoever waits for the writer holds no
 * connection that a reader needs.
 */
final class HandleConnection implements InvocationHandler {
  private final DataSource readers;
  private @Nullable Connection reader;
  private @Nullable Connection writer;
  private boolean closed;

  private HandleConnection(DataSource readers) {
    this.readers = readers;
  }

  static Connection open(DataSource readers) {
    return (Connection)
        Proxy.newProxyInstance(
            HandleConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new HandleConnection(readers));
  }

  static HandleConnection of(Connection connection) {
    return (HandleConnection) Proxy.getInvocationHandler(connection);
  }

  /** Null outside of a transaction. */
  @Nullable Connection writer() {
    return writer;
  }

  void writer(@Nullable Connection now) {
    writer = now;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(this, arguments); // a look at the handle takes no connection
    }
    switch (method.getName()) {
      case "close" -> {
        close();
        return null;
      }
      case "isClosed" -> {
        return closed;
      }
      case "getAutoCommit" -> {
        return writer == null;
      }
      default -> {
        try {
          return method.invoke(target(), arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    }
  }

  private Connection target() throws SQLException {
    if (closed) {
      throw new SQLException("The handle is closed");
    }
    if (writer != null) {
      return writer;
    }
    if (reader == null) {
      reader = readers.getConnection();
    }
    return reader;
  }

  private void close() throws SQLException {
    closed = true;
    if (reader != null) {
      reader.close();
    }
  }
}
