package org.pagereel.server.platform.http;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * So many may come at once. Java's default is 50: when a whole class joins in the same moment, the
 * system resets the connections of the others, which get no answer at all.
 */
final class Backlog implements LifeCycle.Listener {
  private static final int MOST = 1024;

  private final Server server;

  Backlog(Server server) {
    this.server = server;
  }

  @Override
  public void lifeCycleStarting(LifeCycle event) {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof ServerConnector own) {
        own.setAcceptQueueSize(MOST);
      }
    }
  }
}
