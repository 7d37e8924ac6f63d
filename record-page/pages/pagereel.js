// The contract between a recording page and Pagereel, for recordings of streams: each participant's
// camera and screen become files of their own, beside the whiteboard.
//
//   pagereel.addStream(mediaStream, { userId, kind })
//       A stream has arrived. `kind` is "camera" or "screen"; each kind has a MediaStream of its own,
//       with its sound in it: the sound of the room is mixed from the streams, so the page itself
//       plays nothing. All tracks that the stream has, and those that the browser adds to it later (it
//       fires "addtrack" when they come from a peer connection), are recorded. A script that calls
//       `mediaStream.addTrack` itself fires no event: call addStream again with the same stream, which
//       looks at its tracks anew and is otherwise harmless.
//   pagereel.removeStream(mediaStream)
//       It has left. The same user may come again with another stream or with the same.
//   pagereel.whiteboard(element)
//       Once: the element that is the whiteboard. It is made to fill the window (which has the size of
//       the recorded whiteboard), so it has to follow its element's size.
//
//   pagereel.rule(userId, kind)
//       {record, sound, small}: whether it is recorded at all, with its sound, and whether a small picture
//       is enough. A page that can choose what it subscribes to saves by it; the recorder obeys in any case.
//
// When the page has joined and the whiteboard shows what it should: `navigator.notifyReady?.()`. When the
// room has put it out, because another page has joined by its name: `navigator.notifyLeft?.()`.
//
// Inside a recorder `window.pagereel` is there before the page's first script. In a browser of your own
// it is not, and what is below shows the streams beside the whiteboard and logs the calls.

const shown = new Map(); // figures by stream
let shelf;

function place() {
  if (shelf) return shelf;
  shelf = document.createElement("aside");
  shelf.style.cssText =
    "position:fixed;right:12px;top:12px;z-index:1000;width:220px;display:grid;gap:10px;" +
    "font:12px/1.4 'Noto Sans CJK SC',sans-serif;color:#eef2fb";
  const note = document.createElement("p");
  note.style.cssText = "margin:0;padding:8px 12px;border-radius:10px;background:#182136ee;color:#93a1bd";
  note.textContent = "No recorder here. Streams that would be recorded:";
  shelf.append(note);
  document.body.append(shelf);
  return shelf;
}

function show(stream, { userId, kind }) {
  const figure = document.createElement("figure");
  figure.style.cssText = "margin:0;position:relative;border-radius:10px;overflow:hidden;background:#182136";
  const video = document.createElement("video");
  video.style.cssText = "display:block;width:100%;aspect-ratio:16/9;object-fit:contain";
  Object.assign(video, { autoplay: true, muted: true, playsInline: true, srcObject: stream });
  const caption = document.createElement("figcaption");
  caption.style.cssText = "position:absolute;left:6px;bottom:6px;padding:1px 7px;border-radius:6px;background:#172036;white-space:nowrap";
  const count = () => {
    caption.textContent = `${userId} · ${kind} · ${stream.getTracks().map((track) => track.kind).join(" + ")}`;
  };
  for (const change of ["addtrack", "removetrack"]) stream.addEventListener(change, count);
  count();
  figure.append(video, caption);
  place().append(figure);
  shown.set(stream, figure);
}

const standIn = {
  addStream(stream, about) {
    console.info("pagereel.addStream", about.userId, about.kind, stream.getTracks().map((track) => track.kind));
    if (!shown.has(stream)) show(stream, about);
  },
  removeStream(stream) {
    console.info("pagereel.removeStream", stream.id);
    shown.get(stream)?.remove();
    shown.delete(stream);
  },
  whiteboard(element) {
    console.info("pagereel.whiteboard", element);
  },
  rule: () => ({ record: true, sound: true, small: false }),
};

export const pagereel = window.pagereel ?? standIn;
