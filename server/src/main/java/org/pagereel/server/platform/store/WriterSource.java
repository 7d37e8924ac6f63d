package org.pagereel.server.platform.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The writer's connection for db-scheduler: who has it, has the turn; closing it gives both back.
 */
final class WriterSource {
  private final Writer writer;

  private WriterSource(Writer writer) {
    this.writer = writer;
  }

  static DataSource of(Writer writer) {
    WriterSource source = new WriterSource(writer);
    return proxy(DataSource.class, (proxy, method, arguments) -> source.answer(method));
  }

  private Connection answer(Method method) throws SQLException {
    if (!method.getName().equals("getConnection")) {
      throw new SQLFeatureNotSupportedException(method.getName());
    }
    try {
      return lent(writer.lend());
    } catch (StoreUnavailable e) {
      throw new SQLTransientConnectionException(e);
    }
  }

  private Connection lent(Connection connection) {
    AtomicBoolean open = new AtomicBoolean(true);
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "close" -> {
                if (open.getAndSet(false)) {
                  writer.give();
                }
                yield null;
              }
              case "isClosed" -> !open.get();
              default -> {
                if (!open.get()) {
                  throw new SQLException("The connection is closed");
                }
                yield call(connection, method, arguments);
              }
            });
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
