// The buttons, and what they tell about the room.
import { createPen } from "./pen.js";

const COLOURS = ["#1e293b", "#e03e3e", "#2563eb", "#16915a", "#ee8310", "#7c3aed"];
const PEN = 6;
const ERASER = { colour: "#ffffff", width: 60 };

const find = (selector) => document.querySelector(selector);

/** `write(piece)` sends to the others what has been drawn here. */
export function createControls({ board, role, room, write }) {
  let tool = { colour: COLOURS[role === "teacher" ? 1 : 2], width: PEN };
  let inside = false;
  let on = { camera: false, microphone: false };
  let sharing = false;

  const pens = COLOURS.map((colour) => {
    const pen = document.createElement("button");
    pen.title = "Pen";
    pen.style.background = colour;
    pen.onclick = () => take({ colour, width: PEN });
    find("#pens").append(pen);
    return pen;
  });

  function take(next) {
    tool = next;
    pens.forEach((pen, i) => pen.classList.toggle("held", COLOURS[i] === tool.colour));
    find("#eraser").classList.toggle("held", tool === ERASER);
  }

  function notice(text) {
    find("#notice").textContent = text;
    find("#notice").hidden = !text;
  }

  // A person is told what went wrong; a test has the promise.
  const press = (selector, action) => {
    find(selector).onclick = async () => {
      try {
        await action();
      } catch (error) {
        if (error.name !== "NotAllowedError") notice(error.message);
      }
    };
  };

  press("#eraser", () => take(ERASER));
  press("#clear", () => room.clear());
  press("#camera", () => room.camera(!on.camera));
  press("#microphone", () => room.microphone(!on.microphone));
  press("#share", () => (sharing ? room.unshare() : room.share()));
  press("#join", () => (inside ? room.leave() : room.join()));
  find("#clear").hidden = role !== "teacher";
  take(tool);
  createPen(board, () => inside && tool, write);

  return {
    notice,
    present: (count) => (find("#present").textContent = count),
    state(now) {
      inside = now === "joined";
      find("#state").className = `pill ${now}`;
      find("#state span").textContent = { joining: "Joining…", joined: "In the room", left: "Not in the room" }[now];
      find("#join").textContent = inside ? "Leave" : "Join";
      find("#join").classList.toggle("outside", !inside);
      for (const button of ["#clear", "#camera", "#microphone", "#share"]) find(button).disabled = !inside;
    },
    devices(now) {
      on = { ...on, ...now };
      for (const device of ["camera", "microphone"]) find(`#${device}`).classList.toggle("muted", !on[device]);
    },
    sharing(now) {
      sharing = now;
      find("#share").classList.toggle("held", now);
    },
  };
}
