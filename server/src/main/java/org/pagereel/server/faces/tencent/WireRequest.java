package org.pagereel.server.faces.tencent;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came: a signature is over its very bytes. */
final class WireRequest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final String method;
  private final String rawQuery;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * Keeps what the wire brought.
   *
   * @param method GET or POST
   * @param rawQuery without the question mark, not decoded; may be empty
   * @param headers by their names in lower case
   */
  WireRequest(String method, String rawQuery, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.rawQuery = rawQuery;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  static WireRequest of(Context context) {
    Map<String, String> headers = new HashMap<>();
    context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    String query = context.queryString();
    return new WireRequest(
        context.method().name(), query == null ? "" : query, headers, body(context));
  }

  private static byte[] body(Context context) {
    try {
      return context.bodyAsBytes();
    } catch (HttpResponseException e) {
      throw TiwCode.REQUEST_TOO_LARGE.error("The request's body is too large");
    }
  }

  String method() {
    return method;
  }

  String rawQuery() {
    return rawQuery;
  }

  byte[] body() {
    return body.clone();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(String::strip);
  }

  boolean isPost() {
    return method.equals("POST");
  }

  /** The body is parameters in the form of a query. */
  boolean isForm() {
    return isPost() && header("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith(FORM);
  }
}
