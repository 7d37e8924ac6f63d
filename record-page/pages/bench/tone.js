// 500 Hz by Web Audio in the left channel, 800 Hz of a video in the right one; neither stops or changes.
// The video is made by the benchmark, long enough not to end: one that begins anew pauses.
import { signalReady } from "../ready.js";
import { tellBench } from "./playing.js";

const GAIN = 0.25;

const context = new AudioContext();
const tone = new OscillatorNode(context, { frequency: 500 });
const gain = new GainNode(context, { gain: GAIN });
const sides = new ChannelMergerNode(context, { numberOfInputs: 2 });
tone.connect(gain).connect(sides, 0, 0);
sides.connect(context.destination);
tone.start();

const video = document.querySelector("video");
video.addEventListener("playing", () => {
  tellBench();
  signalReady(["notify", "console"]);
}, { once: true });
video.src = new URLSearchParams(location.search).get("video") ?? "/media/tone.webm";
video.play();
