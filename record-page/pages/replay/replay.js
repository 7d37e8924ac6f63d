// Our replay page. Inside a recorder `window.pagereel` is there before the page's first script and turns the virtual
// clock; in a browser of your own, `?script=ADDRESS` plays a script as fast as the class was, for looking at it.
import { Player } from "./player.js";

const canvas = document.createElement("canvas");
document.body.append(canvas);
const player = new Player(canvas);

if (window.pagereel?.replay) window.pagereel.replay(player);
else watch(new URLSearchParams(location.search).get("script"));

async function watch(address) {
  if (!address) return;
  const text = await (await fetch(address)).text();
  const messages = text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
  await player.load({ width: innerWidth, height: innerHeight, image: loadImage });
  await player.push(messages);
  const start = performance.now();
  const tick = async () => {
    await player.seek(performance.now() - start);
    requestAnimationFrame(tick);
  };
  await tick();
}

async function loadImage(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
  return createImageBitmap(await answer.blob());
}
