package org.pagereel.server.platform.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors of requests that Jetty refuses before we see them: an invalid address, a head too large.
 */
final class JsonErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (status == 501 || status == 505) {
      // An encoding or a version of HTTP that there is not: the client's mistake, and nobody's
      // alarm.
      status = 400;
      response.setStatus(status);
    }
    String message =
        status == 414 || status == 431
            ? "The request's address or headers are too long"
            : "This is no request that could be understood";
    String body = Envelope.of(status, message).toString();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
