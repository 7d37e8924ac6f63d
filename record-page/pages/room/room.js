// A participant's page: puts member, media, board and buttons together.
//
// Query: room, user, role=teacher|student; for tests media=fake, color=RRGGBB, pitch=HZ, size=WxH, draw=1,
// share=1, listen=0 (sends, but does not receive the others: saves decoding them). What a person can do with the
// buttons a test can do with `window.room`.
import { createBoard } from "./board.js";
import { createControls } from "./controls.js";
import { createDevices } from "./devices.js";
import { createMember } from "./member.js";
import { scribble } from "./scribble.js";
import { createTiles } from "./tiles.js";

const find = (selector) => document.querySelector(selector);
const query = new URLSearchParams(location.search);
const name = /^[A-Za-z0-9_@.-]{1,64}$/;
const roomName = query.get("room") ?? "";
const user = query.get("user") ?? "";

function enter() {
  const role = query.get("role") === "teacher" ? "teacher" : "student";
  const colour = query.get("color") ?? "2563eb";
  const [width, height] = (query.get("size") ?? "640x360").split("x").map(Number);
  const fake = query.get("media") === "fake" ? { colour, pitch: Number(query.get("pitch") ?? 440), width, height } : null;

  const devices = createDevices({ user, fake });
  const board = createBoard(find("#sheet"));
  const tiles = createTiles(find("#tiles"));
  let camera = null; // {stream, stop}
  let paused = null; // the camera's track while it is off
  let screen = null;
  let state = "left";

  const member = createMember({
    room: roomName,
    user,
    role,
    receives: query.get("listen") !== "0",
    on: {
      member: () => controls.present(count()),
      memberGone: () => controls.present(count()),
      stream: (stream, about) => tiles.add(stream, { ...about, role: roleOf(about.userId) }),
      streamGone: (stream) => tiles.remove(stream),
      board: (pieces) => board.replace(pieces),
      ink: (piece) => board.ink(piece),
      clear: () => board.clear(),
      taken: () => controls.notice(`“${user}” has joined from elsewhere.`),
      state(now) {
        state = now;
        controls.state(now);
        controls.present(count());
      },
    },
  });

  const others = () => member.others().filter(({ visible }) => visible);
  const count = () => others().length + (state === "joined" ? 1 : 0);
  const roleOf = (who) => member.others().find((other) => other.user === who)?.role;

  function show(stream, kind) {
    tiles.add(stream, { userId: user, kind, role, mine: true, mirrored: kind === "camera" && !fake });
  }

  async function openCamera() {
    try {
      camera = await devices.camera();
    } catch (error) {
      return controls.notice(`No camera and no microphone: ${error.message}`);
    }
    show(camera.stream, "camera");
    member.publish(camera.stream, "camera");
    controls.devices({ camera: camera.stream.getVideoTracks().length > 0, microphone: true });
  }

  const room = {
    /** Join, again if one has left. */
    async join() {
      controls.notice("");
      if (!camera) await openCamera();
      await member.join();
    },

    /** Leave; the camera goes off. */
    async leave() {
      await room.unshare();
      await member.leave();
      if (!camera) return;
      member.unpublish(camera.stream);
      tiles.remove(camera.stream);
      paused?.stop();
      camera.stop();
      camera = paused = null;
    },

    /** Publish a second stream, of kind "screen"; colour and pitch are the fake's. */
    async share(color, pitch) {
      if (screen || state !== "joined") return;
      screen = await devices.screen({ colour: color, pitch });
      screen.stream.getVideoTracks()[0].onended = () => room.unshare(); // by the browser's own button
      show(screen.stream, "screen");
      member.publish(screen.stream, "screen");
      controls.sharing(true);
    },

    async unshare() {
      if (!screen) return;
      member.unpublish(screen.stream);
      tiles.remove(screen.stream);
      screen.stop();
      screen = null;
      controls.sharing(false);
    },

    /** Camera on or off: the stream loses its picture or gets it back. */
    camera(on) {
      if (!camera || on === !paused) return;
      if (on) camera.stream.addTrack(paused);
      else camera.stream.removeTrack((paused = camera.stream.getVideoTracks()[0]));
      if (on) paused = null;
      member.publish(camera.stream, "camera");
      tiles.refresh(camera.stream);
      controls.devices({ camera: on });
    },

    microphone(on) {
      for (const track of camera?.stream.getAudioTracks() ?? []) track.enabled = on;
      controls.devices({ microphone: on });
    },

    /** Draw the stroke of a second, by default of this one, on everybody's board. */
    draw(second = Math.floor(Date.now() / 1000)) {
      return room.ink(scribble(second, user, `#${colour}`));
    },

    /** Put a piece {colour, width, points} on everybody's board. */
    ink(piece) {
      board.ink(piece);
      return member.say({ type: "ink", ...piece });
    },

    /** Empty everybody's board; only a teacher may. */
    clear() {
      if (role !== "teacher") throw new Error("only a teacher may clear the board");
      board.clear();
      return member.say({ type: "clear" });
    },

    /** "joining", "joined" or "left". */
    get state() {
      return state;
    },

    /** The names of the other participants. */
    others: () => others().map(({ user }) => user),

    /** How many pieces of ink are on the board. */
    pieces: () => board.pieces().length,
  };

  const controls = createControls({ board, role, room, write: (piece) => member.say({ type: "ink", ...piece }) });
  window.room = room;

  room.join().then(
    () => query.get("share") === "1" && room.share(),
    (error) => controls.notice(error.message),
  );
  if (query.get("draw") === "1") drawEachSecond(room);
}

function drawEachSecond(room) {
  setTimeout(() => {
    if (room.state === "joined") room.draw();
    drawEachSecond(room);
  }, 1000 - (Date.now() % 1000));
}

find("#name").textContent = name.test(roomName) ? `Room ${roomName}` : "Demo room";
if (name.test(roomName) && name.test(user)) {
  document.title = `${user} · room ${roomName}`;
  enter();
} else {
  createBoard(find("#sheet"));
  find("#door").hidden = false;
}
