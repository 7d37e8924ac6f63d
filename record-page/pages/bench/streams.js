// Cameras for trying out and measuring: those of the demo room (../room/fake.js), handed over as a page does it.
import { createFake } from "../room/fake.js";
import { throughWebRtc } from "./loopback.js";

const query = new URLSearchParams(location.search);
const [WIDTH, HEIGHT] = (query.get("size") ?? "640x360").split("x").map(Number);
const pagereel = window.pagereel ?? { addStream() {}, removeStream() {}, whiteboard() {} };

const cameras = new Map();
async function join(name, { color = "cc3333", pitch = 500, kind = "camera" } = {}) {
  const camera = createFake({ name, colour: color, pitch, width: WIDTH, height: HEIGHT });
  camera.handed = query.has("webrtc") ? await throughWebRtc(camera) : camera.stream;
  cameras.set(name, camera);
  pagereel.addStream(camera.handed, { userId: name.replace(/\/.*/, ""), kind });
}
function leave(name) {
  const camera = cameras.get(name);
  pagereel.removeStream(camera.handed);
  camera.stop();
  camera.close?.();
  cameras.delete(name);
}

const COLORS = ["cc3333", "33aa33", "3333cc", "cccc33", "33cccc", "cc33cc"];
for (let i = 0; i < Number(query.get("cameras") ?? 4); i++)
  await join(`user${i + 1}`, { color: COLORS[i % COLORS.length], pitch: 500 + 150 * i });
if (query.get("board") !== "0") pagereel.whiteboard(document.querySelector("#board"));
window.bench = { join, leave, cameras };
// script=2:join:late:cc33cc:900,4:leave:user1 — seconds from now, what to do, and for whom (user1/screen shares a screen)
for (const step of (query.get("script") ?? "").split(",").filter(Boolean)) {
  const [at, what, name, color, pitch] = step.split(":");
  const kind = name.endsWith("/screen") ? "screen" : "camera";
  const options = { kind, ...(color && { color }), ...(pitch && { pitch: Number(pitch) }) };
  setTimeout(() => (what === "join" ? join(name, options) : leave(name)), at * 1000);
}
navigator.notifyReady?.();
console.log("START_RECORDING");
