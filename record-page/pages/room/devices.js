// Where the media come from: real devices, or the fakes of tests.
import { createFake } from "./fake.js";

/** Both give {stream, stop}; `fake` has the look and the pitch of the fake camera. */
export function createDevices({ user, fake }) {
  async function camera() {
    if (fake) return createFake({ name: user, ...fake });
    return real(await cameraOrMicrophone());
  }

  async function screen({ colour, pitch } = {}) {
    if (fake) {
      const opposite = (0xffffff ^ parseInt(fake.colour, 16)).toString(16).padStart(6, "0");
      const look = { colour: colour ?? opposite, pitch: pitch ?? fake.pitch * 1.5 };
      return createFake({ name: `${user} · screen`, width: 1280, height: 720, ...look });
    }
    return real(await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 15 }, audio: true }));
  }

  return { camera, screen };
}

function real(stream) {
  return { stream, stop: () => stream.getTracks().forEach((track) => track.stop()) };
}

// With a camera if there is one, else with the microphone alone.
async function cameraOrMicrophone() {
  const picture = { width: 640, height: 360, frameRate: 15 };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: picture, audio: true });
  } catch (error) {
    if (error.name !== "NotFoundError") throw error;
    return navigator.mediaDevices.getUserMedia({ audio: true });
  }
}
