// Cameras made of a canvas and a tone: a flash and a beep at every whole second of Date.now().
const query = new URLSearchParams(location.search);
const [WIDTH, HEIGHT] = (query.get("size") ?? "640x360").split("x").map(Number);
const FPS = 15;
const BEEP = 0.1;
const pagereel = window.pagereel ?? { addStream() {}, removeStream() {}, whiteboard() {} };
const audio = new AudioContext({ latencyHint: "interactive" });

// A second as 16 cells at the top left, highest bit first: which second a picture shows.
function drawSecond(g, second) {
  for (let i = 0; i < 16; i++) {
    g.fillStyle = (second >> (15 - i)) & 1 ? "#fff" : "#000";
    g.fillRect(i * 20, 0, 20, 20);
  }
}

class Camera {
  constructor({ color, pitch, width = WIDTH, height = HEIGHT }) {
    this.canvas = Object.assign(document.createElement("canvas"), { width, height });
    this.g = this.canvas.getContext("2d");
    this.color = color;
    this.gain = new GainNode(audio, { gain: 0 });
    this.tone = new OscillatorNode(audio, { frequency: pitch });
    const out = new MediaStreamAudioDestinationNode(audio, { channelCount: 1 });
    this.tone.connect(this.gain).connect(out);
    this.tone.start();
    this.stream = this.canvas.captureStream(0);
    this.track = this.stream.getVideoTracks()[0];
    this.stream.addTrack(out.stream.getAudioTracks()[0]);
    this.beeped = Math.floor(Date.now() / 1000);
    this.draw();
  }

  // On the grid of the frame rate, so that a picture is taken just as the second begins.
  next() {
    const frame = 1000 / FPS;
    const wait = frame - (Date.now() % 1000) % frame;
    this.timer = setTimeout(() => this.draw(), wait < 2 ? wait + frame : wait);
  }

  draw() {
    const now = Date.now();
    const second = Math.floor(now / 1000);
    const flash = now % 1000 < BEEP * 1000;
    const { g, canvas } = this;
    g.fillStyle = this.color;
    g.fillRect(0, 0, canvas.width, canvas.height);
    g.fillStyle = flash ? "#fff" : "#000";
    g.fillRect(canvas.width / 4, canvas.height / 3, canvas.width / 2, canvas.height / 2);
    drawSecond(g, second & 0xffff);
    const x = ((now / 10) | 0) % canvas.width;
    g.fillStyle = "#8af";
    g.fillRect(x, canvas.height - 20, 40, 20);
    // Ordered before it is due: the next second's beep.
    if (this.beeped <= second && now % 1000 > 500) {
      this.beeped = second + 1;
      const at = audio.currentTime + ((second + 1) * 1000 - now) / 1000;
      this.gain.gain.setValueAtTime(0.25, at);
      this.gain.gain.setValueAtTime(0, at + BEEP);
    }
    this.track.requestFrame();
    this.next();
  }

  stop() {
    clearTimeout(this.timer);
    this.tone.stop();
    this.stream.getTracks().forEach((track) => track.stop());
    this.close?.();
  }
}

async function throughWebRtc(camera) {
  const [there, here] = [new RTCPeerConnection(), new RTCPeerConnection()];
  there.onicecandidate = ({ candidate }) => candidate && here.addIceCandidate(candidate);
  here.onicecandidate = ({ candidate }) => candidate && there.addIceCandidate(candidate);
  const received = new MediaStream();
  here.ontrack = ({ track }) => received.addTrack(track);
  for (const track of camera.stream.getTracks()) {
    const sender = there.addTrack(track, camera.stream);
    if (track.kind === "video") {
      const parameters = sender.getParameters();
      parameters.degradationPreference = "maintain-resolution";
      await sender.setParameters(parameters);
    }
  }
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription);
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription);
  camera.close = () => [there, here].forEach((one) => one.close());
  return received;
}

const cameras = new Map();
async function join(name, { color = "#c33", pitch = 500, kind = "camera", width, height } = {}) {
  const camera = new Camera({ color, pitch, width, height });
  camera.handed = query.has("webrtc") ? await throughWebRtc(camera) : camera.stream;
  cameras.set(name, camera);
  pagereel.addStream(camera.handed, { userId: name.replace(/\/.*/, ""), kind });
}
function leave(name) {
  const camera = cameras.get(name);
  pagereel.removeStream(camera.handed);
  camera.stop();
  cameras.delete(name);
}

await audio.resume();
const COLORS = ["#c33", "#3a3", "#33c", "#cc3", "#3cc", "#c3c"];
for (let i = 0; i < Number(query.get("cameras") ?? 4); i++)
  await join(`user${i + 1}`, { color: COLORS[i % COLORS.length], pitch: 500 + 150 * i });
if (query.get("board") !== "0") pagereel.whiteboard(document.querySelector("#board"));
window.bench = { join, leave, cameras };
// script=2:join:late:c3c:900,4:leave:user1 — seconds from now, what to do, and for whom (user1/screen shares a screen)
for (const step of (query.get("script") ?? "").split(",").filter(Boolean)) {
  const [at, what, name, color, pitch] = step.split(":");
  const kind = name.endsWith("/screen") ? "screen" : "camera";
  const options = { kind, ...(color && { color: `#${color}` }), ...(pitch && { pitch: Number(pitch) }) };
  setTimeout(() => (what === "join" ? join(name, options) : leave(name)), at * 1000);
}
navigator.notifyReady?.();
console.log("START_RECORDING");
