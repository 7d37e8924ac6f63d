// The chat panel: the newest messages, at the bottom of a list that keeps only what fits.
import { messagesAt } from "./messages.js";

const KEPT = 14;
const TEACHER = "王老师";
const colours = { 王老师: "#6366f1", Emma: "#ec6a83", 李明: "#17a673", Sofía: "#e8962e", 陈雨: "#0ea5c6", Noah: "#8b5cf6" };

export function createChat(list) {
  let last = -1; // index of the newest message shown

  function show(time) {
    for (const message of messagesAt(time, KEPT)) {
      if (message.index <= last) continue;
      last = message.index;
      list.append(row(message));
      while (list.children.length > KEPT) list.firstChild.remove();
    }
  }

  return { show };
}

function row({ name, text }) {
  const face = part("span", "face", [...name][0]);
  face.style.background = colours[name];
  const words = part("div", "words");
  words.append(part("b", "", name), part("p", "", text));
  const item = part("li", name === TEACHER ? "teacher" : "");
  item.append(face, words);
  return item;
}

function part(tag, className, textContent = "") {
  return Object.assign(document.createElement(tag), { className, textContent });
}
