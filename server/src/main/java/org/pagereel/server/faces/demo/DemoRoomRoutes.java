package org.pagereel.server.faces.demo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.Face;
import org.pagereel.server.platform.http.ApiError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo room over HTTP. Nobody is authenticated, which is why it is off where others could reach
 * it unless the settings say otherwise.
 *
 * <ul>
 *   <li>{@code POST /demo-room/{room}/messages}, an object with {@code from}, {@code type} and
 *       perhaps {@code to}, of at most 64 KiB: {@code {"number":N}}
 *   <li>{@code GET /demo-room/{room}/messages?after=N&for=USER}: {@code {"messages":[…]}}, in
 *       order, each with its {@code number}: those after N that are for the user or for all. Waits
 *       up to 20 s for the first
 *   <li>{@code GET /demo-room/{room}/board}: {@code {"number":N,"pieces":[…]}}: the messages of
 *       type {@code ink} since the last {@code clear}, up to N
 * </ul>
 */
public final class DemoRoomRoutes implements Face {

  private static final int LARGEST_MESSAGE = 64 * 1024;
  private static final int MAX_WAITING = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@.-]{1,64}");
  private static final Pattern TYPE = Pattern.compile("[a-z]{1,32}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final boolean open;
  private final DemoRooms rooms = new DemoRooms();
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  /**
   * Makes them.
   *
   * @param open false: every request is told how to open the demo room
   */
  public DemoRoomRoutes(boolean open) {
    this.open = open;
  }

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public void routes(RoutesConfig routes) {
    routes.post("/demo-room/{room}/messages", this::post);
    routes.get("/demo-room/{room}/messages", this::messages);
    routes.get("/demo-room/{room}/board", this::board);
  }

  private void post(Context context) {
    ObjectNode message = message(context);
    DemoRoom room = rooms.roomToFill(roomName(context));
    String from = name("from", message.path("from"));
    String to = message.hasNonNull("to") ? name("to", message.path("to")) : null;
    String type = matching("type", message.path("type").asString(""), TYPE);
    message.remove("number");
    long number = room.post(from, to, type, message.toString());
    answer(context, "{\"number\":" + number + "}");
  }

  private void messages(Context context) throws InterruptedException {
    DemoRoom room = rooms.room(roomName(context));
    long after = Long.parseLong(matching("after", context.queryParam("after"), NUMBER));
    String user = matching("for", context.queryParam("for"), NAME);
    if (!waiting.tryAcquire()) {
      throw new ApiError(429, 429, "Too many requests wait for messages already");
    }
    try {
      answer(context, "{\"messages\":" + array(room.after(after, user, PATIENCE)) + "}");
    } finally {
      waiting.release();
    }
  }

  private void board(Context context) {
    DemoRoom.Board board = rooms.room(roomName(context)).board();
    answer(context, "{\"number\":" + board.number() + ",\"pieces\":" + array(board.pieces()) + "}");
  }

  private String roomName(Context context) {
    if (!open) {
      throw new ApiError(
          404, 404, "The demo room is off here; demoRoom: true in the settings opens it");
    }
    return matching("room", context.pathParam("room"), NAME);
  }

  private static ObjectNode message(Context context) {
    byte[] body = context.bodyAsBytes();
    if (body.length > LARGEST_MESSAGE) {
      throw new ApiError(413, 413, "A message has at most " + LARGEST_MESSAGE + " bytes");
    }
    try {
      if (Json.LINES.readTree(body) instanceof ObjectNode message) {
        return message;
      }
    } catch (JacksonException e) {
      // Answered below: to the client it is the same.
    }
    throw ApiError.bad("A message is a JSON object");
  }

  private static String name(String field, JsonNode value) {
    return matching(field, value.asString(""), NAME);
  }

  private static String matching(String field, @Nullable String value, Pattern pattern) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw ApiError.bad(field + " is " + value + "; allowed is " + pattern);
    }
    return value;
  }

  private static String array(List<String> objects) {
    return "[" + String.join(",", objects) + "]";
  }

  private static void answer(Context context, String json) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json").result(json);
  }

  /** Lets go of the requests that wait, which a web server that stops would wait for. */
  @Override
  public void close() {
    rooms.close();
  }
}
