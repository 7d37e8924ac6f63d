package org.pagereel.server.faces.im;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.HistoryFailure.Cure;
import org.pagereel.server.platform.http.Answer;
import org.pagereel.server.platform.http.JsonInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of {@code group_msg_get_simple} (docs/vendors/tencent.md, "Message history"), signed at
 * the moment when it is made.
 */
final class HistoryCall {
  static final int PAGE = 20;

  private static final String PATH = "/v4/group_open_http_svc/group_msg_get_simple";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final long LARGEST_ANSWER = 4 << 20;

  private static final Set<Long> TOO_MANY_CALLS = Set.of(60007L, 10006L);

  /** The server's own trouble; all other numbers say that the call is wrong and stays so. */
  private static final Set<Long> PASSING = Set.of(10002L, 60008L, 91000L);

  private final HttpClient http;
  private final HistoryAccess access;

  HistoryCall(HttpClient http, HistoryAccess access) {
    this.http = http;
    this.access = access;
  }

  /**
   * Returns {@code RspMsgList}, whatever is in it; missing if the answer has none.
   *
   * @param newest the largest number wanted; null for the newest there is
   * @throws HistoryFailure says if it is worth repeating
   */
  JsonNode list(String groupId, @Nullable Long newest) throws InterruptedException {
    ObjectNode body = Json.LINES.createObjectNode().put("GroupId", groupId);
    if (newest != null) {
      body.put("ReqMsgSeq", newest);
    }
    body.put("ReqMsgNumber", PAGE);
    HttpResponse<byte[]> response = send(groupId, body.toString());
    int status = response.statusCode();
    if (status != 200) {
      Cure cure = status == 429 ? Cure.REPEAT_SLOWLY : status >= 500 ? Cure.REPEAT : Cure.NONE;
      throw new HistoryFailure(cure, about(groupId) + "HTTP status " + status);
    }
    return list(groupId, answer(groupId, response.body()));
  }

  private HttpResponse<byte[]> send(String groupId, String body) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address())
              .timeout(ANSWER_WITHIN)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return Answer.of(
          http,
          request,
          BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER),
          ANSWER_WITHIN);
    } catch (IOException e) {
      throw new HistoryFailure(Cure.REPEAT, about(groupId) + e, e);
    }
  }

  private URI address() {
    String userSig = access.signature(Instant.now());
    String query =
        "?sdkappid=%d&identifier=%s&usersig=%s&random=%d&contenttype=json"
            .formatted(
                access.sdkAppId(),
                URLEncoder.encode(access.identifier(), StandardCharsets.UTF_8),
                URLEncoder.encode(userSig, StandardCharsets.UTF_8),
                ThreadLocalRandom.current().nextLong(1L << 32));
    return access.address().resolve(PATH + query);
  }

  private static JsonNode answer(String groupId, byte[] body) {
    try {
      return Body.EXACT.readTree(body);
    } catch (JacksonException e) {
      throw new HistoryFailure(Cure.REPEAT, about(groupId) + "an answer that is no JSON", e);
    }
  }

  private static JsonNode list(String groupId, JsonNode answer) {
    Optional<Long> code = JsonInteger.of(answer.path("ErrorCode"));
    JsonNode list = answer.path("RspMsgList");
    boolean isList = list.isArray() || list.isMissingNode() || list.isNull();
    if (code.isEmpty() || !isList) {
      throw new HistoryFailure(Cure.REPEAT, about(groupId) + "an answer of another shape");
    }
    if (code.get() == 0) {
      return list;
    }
    String info = answer.path("ErrorInfo").asString("");
    throw new HistoryFailure(
        TOO_MANY_CALLS.contains(code.get())
            ? Cure.REPEAT_SLOWLY
            : PASSING.contains(code.get()) ? Cure.REPEAT : Cure.NONE,
        about(groupId) + "ErrorCode " + code.get() + ": " + info);
  }

  private static String about(String groupId) {
    return "The history of the group " + groupId + " was answered by ";
  }
}
