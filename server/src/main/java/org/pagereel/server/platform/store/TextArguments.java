package org.pagereel.server.platform.store;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Texts as PostgreSQL takes them: it has no place for the character U+0000, and would refuse a
 * whole transaction for one that somebody else's answer has in it.
 */
final class TextArguments extends AbstractArgumentFactory<String> {
  private static final char NUL = '\0';
  private static final char REPLACEMENT = '\uFFFD';

  TextArguments() {
    super(Types.VARCHAR);
  }

  @Override
  protected Argument build(String text, ConfigRegistry config) {
    String stored = text.replace(NUL, REPLACEMENT);
    return (position, statement, context) -> statement.setString(position, stored);
  }
}
