// One of four patches flashes each second, and a beep of 1500 Hz goes with it, both for 100 ms. `way` says how:
//
//   video    a video file that has both in it, made by the benchmark
//   webrtc   a canvas of 30 pictures a second and the beeps, sent to this page over WebRTC and shown by a video element
//   audio    an element, and a beep ordered by the context's currentTime
//   output   an element, and a beep ordered so that it is heard with the flash, by getOutputTimestamp()
import { signalReady } from "../ready.js";
import { startSync } from "../sync.js";
import { throughWebRtc } from "./loopback.js";
import { createPicture } from "./patch.js";
import { tellBench } from "./playing.js";

const PITCH = 1500;
const query = new URLSearchParams(location.search);

function element(way) {
  return document.querySelector(`[data-way="${way}"]`);
}

function play(video) {
  video.addEventListener("playing", ready, { once: true });
  video.play();
}

function ready() {
  tellBench();
  signalReady(["notify", "console"]);
}

function flashOf(way, heard) {
  const patch = element(way);
  startSync({ frequency: PITCH, heard, onFlash: (second, on) => patch.classList.toggle("on", on) });
  ready();
}

const ways = {
  video() {
    const video = element("video");
    video.src = query.get("video") ?? "/media/sync.webm";
    play(video);
  },
  async webrtc() {
    const picture = createPicture();
    let sound;
    startSync({
      frequency: PITCH,
      onFlash: (second, on) => picture.show(on),
      outlet: (context) => (sound = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })),
    });
    const silence = new ConstantSourceNode(sound.context, { offset: 0 }); // without it nothing flows, not even silence
    silence.connect(sound);
    silence.start();
    const stream = new MediaStream([picture.track, ...sound.stream.getTracks()]);
    const video = element("webrtc");
    video.srcObject = await throughWebRtc({ stream });
    play(video);
  },
  audio: () => flashOf("audio", false),
  output: () => flashOf("output", true),
};

ways[query.get("way") ?? "audio"]();
