// The pictures that boards show, by address, as long as there is room for them.
const PATIENCE_MS = 5_000;
const MAX_PIXELS = 60e6;

export class Pictures {
  #bitmaps = new Map(); // undefined: cannot be had; the latest last
  #load;

  /** @param load address → Promise<ImageBitmap> */
  constructor(load) {
    this.#load = load;
  }

  get(url) {
    return this.#bitmaps.get(url);
  }

  /** Resolves when all of them are there, or cannot be had. */
  async need(urls) {
    await Promise.all([...urls].map((url) => this.#fetch(url)));
    let pixels = 0;
    for (const [url, bitmap] of [...this.#bitmaps].reverse()) {
      pixels += bitmap ? bitmap.width * bitmap.height : 0;
      if (pixels < MAX_PIXELS || urls.has(url)) continue;
      bitmap?.close();
      this.#bitmaps.delete(url);
    }
  }

  async #fetch(url) {
    if (this.#bitmaps.has(url)) return;
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    const bitmap = await Promise.race([this.#load(url).catch(() => undefined), late]);
    clearTimeout(timer);
    this.#bitmaps.set(url, bitmap);
  }
}
