package org.pagereel.server.platform.store;

import org.jdbi.v3.core.Handle;

/** The table of what all servers of a store must know, and nobody else. */
public final class Secrets {
  private Secrets() {}

  /**
   * A secret, within a transaction.
   *
   * @param proposed becomes the secret if there is none of this name
   */
  public static String of(Handle handle, String name, String proposed) {
    handle
        .createUpdate(
            "INSERT INTO secrets (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")
        .bind("name", name)
        .bind("value", proposed)
        .execute();
    return handle
        .createQuery("SELECT value FROM secrets WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .one();
  }
}
