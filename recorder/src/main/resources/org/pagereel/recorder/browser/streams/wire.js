// The way to the recorder: lines, in batches.

const SEND_EVERY_MS = 150;

let tell;
let lines = [];
export const send = (line) => lines.push(line);
export const flush = () => {
  if (lines.length === 0) return;
  tell(lines.join("\n"));
  lines = [];
};

export function open(teller) {
  tell = teller;
  tell("hello 0");
  setInterval(flush, SEND_EVERY_MS);
}

export const base64 = (bytes) => {
  if (bytes.toBase64) return bytes.toBase64();
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
};

export const chunkLine = (stream, media, chunk, at) => {
  const bytes = new Uint8Array(chunk.byteLength);
  chunk.copyTo(bytes);
  const key = chunk.type === "key" ? 1 : 0;
  send(`${media} ${stream.id} ${key} ${Math.round(at)} ${chunk.duration ?? 0} ${base64(bytes)}`);
};
