// What is said in the chat: a script that repeats, with pauses that look like chance.
import { chance } from "./random.js";

// Said before the class time began: nobody likes an empty chat.
const before = [
  ["Noah", "Hello from Toronto 🍁"],
  ["陈雨", "大家早上好 ☀️"],
  ["王老师", "能听到我的声音吗？🎧"],
  ["Emma", "Loud and clear!"],
  ["李明", "听得很清楚 👌"],
  ["Sofía", "¡Buenos días!"],
  ["王老师", "请打开课本第 42 页 📖"],
  ["Noah", "Ready 🚀"],
];

// Said during the class, near the slides it is about: the round is as long as theirs.
const script = [
  ["李明", "老师好！👋"],
  ["Emma", "Good morning, Ms. Wang!"],
  ["王老师", "同学们好，今天我们学习光的折射 🌈"],
  ["Sofía", "Hi everyone 😊"],
  ["李明", "筷子在水里看起来是弯的 🥢"],
  ["Emma", "Is that because light changes speed?"],
  ["王老师", "Exactly! 光在水中走得更慢 👍"],
  ["Sofía", "So θ₂ is smaller than θ₁?"],
  ["陈雨", "对，折射角小于入射角"],
  ["王老师", "大家注意法线的位置 ✏️"],
  ["Noah", "Got it 💡"],
  ["李明", "老师，垂直入射会偏折吗？🤔"],
  ["王老师", "好问题！垂直入射时方向不变"],
  ["Emma", "👏👏👏"],
  ["Sofía", "Diamond has n = 2.42, wow 💎"],
  ["陈雨", "sin θ₂ ≈ 0.53，所以约 32°"],
  ["Noah", "I got the same answer ✅"],
  ["王老师", "非常好！Well done, everyone 🎉"],
  ["李明", "原来池水比看起来深 🐟"],
  ["Emma", "That explains the fish!"],
  ["Sofía", "Which colour bends the most?"],
  ["陈雨", "紫光！💜"],
  ["王老师", "对，紫光偏折最大，红光最小"],
  ["Noah", "Rainbows make sense now 🌈"],
];

const ROUND = 80; // seconds
const GAP = ROUND / script.length;

// Each message comes a little later than its turn, the early ones before second 0.
function arrival(index) {
  return (index - before.length + 0.7 * chance(index)) * GAP;
}

/** The last `count` messages that have arrived at class time `time`: {index, name, text}. */
export function messagesAt(time, count) {
  let next = Math.max(0, Math.floor(time / GAP) + before.length - 1);
  while (arrival(next) <= time) next++;
  const result = [];
  for (let index = Math.max(0, next - count); index < next; index++) {
    const [name, text] = before[index] ?? script[(index - before.length) % script.length];
    result.push({ index, name, text });
  }
  return result;
}
