// A tile per stream: picture, sound, name. A member without a stream has none.
const PALETTE = ["#6366f1", "#0ea5e9", "#10b981", "#f59e0b", "#ef4444", "#a855f7"];

export function createTiles(shelf) {
  const tiles = new Map(); // by stream

  /** Show a stream; `mine` is never heard, and a camera of mine is shown as in a mirror. */
  function add(stream, { userId, kind, role = "", mine = false, mirrored = false }) {
    const figure = document.createElement("figure");
    Object.assign(figure.dataset, { user: userId, kind });
    figure.classList.toggle("teacher", role === "teacher");
    figure.classList.toggle("mirrored", mirrored);
    const initial = document.createElement("b");
    initial.textContent = userId[0].toUpperCase();
    const sum = [...userId].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
    initial.style.background = PALETTE[sum % PALETTE.length];
    const video = document.createElement("video");
    Object.assign(video, { autoplay: true, playsInline: true, muted: mine, srcObject: stream });
    // Sound may be blocked until somebody has clicked: then the picture comes first.
    video.play().catch(() => {
      video.muted = true;
      video.play().catch(() => {});
      addEventListener("pointerdown", () => (video.muted = mine), { once: true });
    });
    const caption = document.createElement("figcaption");
    caption.textContent = userId + (mine ? " (you)" : "");
    const note = document.createElement("small");
    note.textContent = kind === "screen" ? "screen" : role === "teacher" ? "老师" : "";
    caption.append(note);
    figure.append(initial, video, caption);
    const look = () => figure.classList.toggle("dark", !stream.getVideoTracks().some((track) => track.enabled));
    for (const change of ["addtrack", "removetrack"]) stream.addEventListener(change, look);
    look();
    shelf.append(figure);
    tiles.set(stream, { figure, look });
  }

  function remove(stream) {
    tiles.get(stream)?.figure.remove();
    tiles.delete(stream);
  }

  /** Look again whether there is a picture: a script that changes its own stream's tracks fires no event. */
  function refresh(stream) {
    tiles.get(stream)?.look();
  }

  return { add, remove, refresh };
}
