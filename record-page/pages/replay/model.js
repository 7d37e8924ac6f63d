// What is on the boards, by the actions of docs/BOARD_MESSAGES.md. Knows nothing of pixels: it notes what became
// different on the page that shows, and the painter makes it so.
import { colour, coordinate, list, number, point, ratio, text, UNIT } from "./numbers.js";

export const DEFAULT_BOARD = "#DEFAULT";
const DEFAULT_RATIO = 16 / 9;
const RED = 0xff0000ff;
const WHITE = 0xffffffff;
const THIN = 100;
const TEXT_SIZE = 320;
const LONGEST_NAME = 200;
const LONGEST_TEXT = 5_000;
const LONGEST_URL = 4_000;
/** Of a whole class; what is drawn beyond is left out, and counted. */
const MAX_POINTS = 2_000_000;
const MAX_PAGES = 20_000;

/** Known and not drawn: H5 elements, slide show, video and H5 events. */
const NOT_DRAWN = new Set([21, 601, 701, 801]);

class Page {
  elements = new Map(); // by user and number
  drawn = []; // {element, from, to}: what is painted, in this order; from and to are indexes into a stroke's points
  colour = colour(WHITE);
  background = undefined; // {url, cover}
  view = { scale: 1, x: UNIT / 2, y: UNIT / 2 };
  removed = false;
  stale = true; // what the painter keeps of it is out of date
}

class Board {
  pages = new Map();
  page = "1";
  fid = DEFAULT_BOARD;
}

export class Model {
  /** How often an action came that nothing was drawn for, by its number. */
  ignored = {};

  constructor(givenRatio) {
    this.startRatio = ratio(givenRatio) ?? DEFAULT_RATIO;
    this.points = 0;
    this.#reset();
  }

  #reset() {
    this.boards = new Map();
    this.pages = 0;
    this.points = 0;
    this.shown = DEFAULT_BOARD;
    this.ratio = this.startRatio;
    this.fit = 0;
    this.lasers = new Map();
    this.strokes = new Map(); // of each user the one under way
    this.forget();
    this.everything = true;
  }

  /** What has changed is painted. */
  forget() {
    this.everything = false; // another page, or all of it
    this.pieces = []; // more ink, on top of all
    this.touched = new Set(); // elements that are to be painted anew where they are and where they were
    this.wantsPictures = false;
    this.lasersMoved = false;
  }

  board(id = this.shown) {
    let board = this.boards.get(id);
    if (board) return board;
    board = new Board();
    if (this.boards.size < MAX_PAGES) this.boards.set(id, board); // beyond it, nothing is kept
    return board;
  }

  page(board = this.board()) {
    let page = board.pages.get(board.page);
    if (page) return page;
    page = new Page();
    if (this.pages++ < MAX_PAGES) board.pages.set(board.page, page);
    return page;
  }

  apply(message) {
    const id = text(message?.board, DEFAULT_BOARD, LONGEST_NAME);
    const from = text(message?.from, "", LONGEST_NAME);
    for (const action of list(message?.actions)) {
      const kind = action?.action;
      if (!this.#act(kind, action, id, from) && !NOT_DRAWN.has(kind)) {
        const name = Number.isSafeInteger(kind) ? kind : "?";
        this.ignored[name] = (this.ignored[name] ?? 0) + 1;
      }
    }
  }

  /** False when there was nothing to do about it. */
  #act(kind, action, id, from) {
    if (kind === 401) return this.#switch(action, id);
    if (kind === 104) return this.#reset(), true;
    if (kind === 105) return this.#reshape(action);
    if (kind === 106) return this.#fit(action);
    if (kind === 501) return this.#addFile(action);
    if (kind === 103) return this.#clearFiles(action);
    if (kind === 302) return this.#scaleFile(action);
    if (!Number.isSafeInteger(kind) || kind > 301) return false;
    const page = this.page(this.board(id));
    const on = { page, from: text(action.uid, from, LONGEST_NAME), id };
    switch (kind) {
      case 1: return this.#begin(action, on);
      case 2: return this.#go(action, on);
      case 3: return this.#go(action, on), this.strokes.delete(on.from);
      case 6: return this.#point(action, on);
      case 7: return (this.lasersMoved ||= this.lasers.delete(on.from)), true;
      case 8: return this.#show(action, on);
      case 9: return this.#move(action, on);
      case 10: case 11: case 12: return this.#shape(action, on);
      case 13: return this.#write(action, on);
      case 20: return this.#picture(action, on);
      case 101: return this.#clear(page), this.#background(page, undefined), this.#paper(page, WHITE);
      case 102: return this.#clear(page);
      case 201: return this.#background(page, action);
      case 202: return this.#background(page, undefined);
      case 203: return this.#paper(page, action.color);
      case 301: return this.#scale(page, action);
      default: return false;
    }
  }

  // --- strokes ---------------------------------------------------------------------------------------------------
  #begin(action, { page, from }) {
    if (this.points >= MAX_POINTS) return false;
    const key = this.#key(from, action.seq);
    this.#remove(page, key);
    const ink = colour(action.color, RED);
    const element = {
      kind: 1, key, page, visible: true, dx: 0, dy: 0, colour: ink, thin: number(action.thin, THIN, 1, UNIT), points: [],
    };
    page.elements.set(key, element);
    this.strokes.set(from, element);
    // What shines through is painted as one line; its joints would be darker otherwise.
    if (ink.alpha < 255) this.#draw(page, element, 0, Infinity);
    this.#go(action, { page, from });
    return true;
  }

  #go(action, { from }) {
    const element = this.#stroke(action, from);
    if (!element) return false;
    const before = element.points.length;
    const add = (x, y) => {
      if (x === undefined || y === undefined || this.points >= MAX_POINTS) return;
      this.points++;
      element.points.push(x, y);
    };
    add(coordinate(action.x), coordinate(action.y));
    const more = list(action.points);
    for (let i = 0; i + 1 < more.length; i += 2) add(coordinate(more[i]), coordinate(more[i + 1]));
    const after = element.points.length;
    if (after === before) return false;
    if (element.colour.alpha < 255) this.#touch(element);
    else this.#draw(element.page, element, Math.max(0, before - 2), after);
    return true;
  }

  /** The one that is named, or the last that its user began. */
  #stroke(action, from) {
    const last = this.strokes.get(from);
    const named = action.belongSeq ?? (action.action === 1 ? undefined : action.seq);
    if (named === undefined || !last) return last;
    const found = last.page.elements.get(this.#key(from, named));
    return found?.kind === 1 ? found : last;
  }

  // --- shapes, text, pictures --------------------------------------------------------------------------------------
  #shape(action, { page, from }) {
    const begin = point(action.beginPoint);
    const end = point(action.endPoint);
    if (!begin || !end) return false;
    return this.#place(page, from, action, {
      begin, end,
      colour: colour(action.color, RED),
      thin: number(action.thin, THIN, 1, UNIT),
      filled: action.fillRect === true,
      dashed: action.lineType === 2,
    });
  }

  #write(action, { page, from }) {
    const words = text(action.text, undefined, LONGEST_TEXT);
    const at = point(action);
    if (words === undefined || !at) return false;
    return this.#place(page, from, action, {
      begin: at,
      lines: words.split(/\r\n|\r|\n/),
      colour: colour(action.color, RED),
      size: number(action.textSize, TEXT_SIZE, 20, UNIT),
      bold: action.bold === true,
      italic: action.italic === true,
    });
  }

  #picture(action, { page, from }) {
    const url = text(action.url, undefined, LONGEST_URL);
    const at = point(action);
    if (!url || !at) return false;
    return this.#place(page, from, action, {
      begin: at,
      url,
      width: number(action.width, 3000, 1, 2 * UNIT),
      height: number(action.height, undefined, 1, 2 * UNIT),
    });
  }

  /** With the number of one that is there it takes its place: somebody is still dragging it. */
  #place(page, from, action, what) {
    const key = this.#key(from, action.seq);
    const there = page.elements.get(key);
    if (there?.kind === action.action) {
      this.#touch(there);
      Object.assign(there, what);
      return true;
    }
    this.#remove(page, key);
    if (this.points >= MAX_POINTS) return false;
    this.points++;
    const element = { kind: action.action, key, page, visible: true, dx: 0, dy: 0, ...what };
    page.elements.set(key, element);
    this.#draw(page, element, 0, Infinity);
    return true;
  }

  // --- what is there -----------------------------------------------------------------------------------------------
  #show(action, { page, from }) {
    let found = false;
    for (const element of this.#elements(action, page, from)) {
      found = true;
      const visible = action.display === true || action.display === 1;
      if (element.visible === visible) continue;
      element.visible = visible;
      this.#touch(element);
    }
    return found;
  }

  #move(action, { page, from }) {
    const dx = number(action.dx, 0, -2 * UNIT, 2 * UNIT);
    const dy = number(action.dy, 0, -2 * UNIT, 2 * UNIT);
    let found = false;
    for (const element of this.#elements(action, page, from)) {
      found = true;
      this.#touch(element);
      element.dx = number(element.dx + dx, 0, -2 * UNIT, 2 * UNIT);
      element.dy = number(element.dy + dy, 0, -2 * UNIT, 2 * UNIT);
    }
    return found;
  }

  #elements(action, page, from) {
    return list(action.lines)
      .map((line) => page.elements.get(this.#key(text(line?.uid, from, LONGEST_NAME), line?.seq)))
      .filter((element) => element !== undefined);
  }

  #key(user, seq) {
    return `${typeof seq === "number" || typeof seq === "string" ? String(seq).slice(0, LONGEST_NAME) : "?"} ${user}`;
  }

  #remove(page, key) {
    const element = page.elements.get(key);
    if (!element) return;
    page.elements.delete(key);
    page.removed = true; // and still among what is drawn
    if (!element.visible) return;
    element.visible = false;
    this.#touch(element);
  }

  // --- the page ------------------------------------------------------------------------------------------------------
  #clear(page) {
    for (const { points } of page.elements.values()) this.points -= points ? points.length / 2 : 1;
    this.points = Math.max(0, this.points);
    page.elements.clear();
    page.drawn = [];
    for (const [user, element] of this.strokes) if (element.page === page) this.strokes.delete(user);
    return this.#all(page);
  }

  #clearFiles(action) {
    const fids = new Set(list(action.fids));
    const boards = [...this.boards.values()].filter((board) => fids.has(board.fid));
    for (const board of boards) for (const page of board.pages.values()) this.#clear(page);
    return boards.length > 0;
  }

  #background(page, action) {
    const url = text(action?.url, undefined, LONGEST_URL);
    if (action && !url) return false;
    page.background = url && { url, cover: action.fitMode === 2 };
    this.wantsPictures = true;
    return this.#all(page);
  }

  #paper(page, bits) {
    page.colour = colour(bits, WHITE);
    return this.#all(page);
  }

  #scale(page, action) {
    page.view = {
      scale: number(action.scale, 100, 100, 1600) / 100,
      x: number(action.x, UNIT / 2, 0, UNIT),
      y: number(action.y, UNIT / 2, 0, UNIT),
    };
    return this.#all(page);
  }

  #scaleFile(action) {
    const boards = [...this.boards.values()].filter((board) => board.fid === action.fid);
    for (const board of boards) for (const page of board.pages.values()) this.#scale(page, action);
    return boards.length > 0;
  }

  #switch(action, id) {
    this.shown = text(action.toBoardId, id, LONGEST_NAME);
    const board = this.board();
    if (typeof action.page === "number" || typeof action.page === "string")
      board.page = String(action.page).slice(0, LONGEST_NAME);
    this.page(board);
    this.everything = this.wantsPictures = true;
    return true;
  }

  #addFile(action) {
    const fid = text(action.fid, undefined, LONGEST_NAME);
    const boards = list(action.boards).slice(0, MAX_PAGES);
    if (!fid || boards.length === 0) return false;
    boards.forEach((given, index) => {
      const id = text(typeof given === "string" ? given : given?.boardId, `${fid}#${index}`, LONGEST_NAME);
      const board = this.board(id);
      board.fid = fid;
      if (text(given?.url, "", LONGEST_URL)) this.#background(this.page(board), given);
      if (index === 0 && action.show !== false) this.#switch({ toBoardId: id }, id);
    });
    return true;
  }

  #reshape(action) {
    const wanted = ratio(action.ratio);
    if (!wanted) return false;
    this.ratio = wanted;
    for (const board of this.boards.values()) for (const page of board.pages.values()) page.stale = true;
    return (this.everything = true);
  }

  #fit(action) {
    if (![0, 1, 2].includes(action.fitMode)) return false;
    this.fit = action.fitMode;
    for (const board of this.boards.values()) for (const page of board.pages.values()) page.stale = true;
    return (this.everything = true);
  }

  #point(action, { from, id }) {
    const at = point(action);
    if (!at || (this.lasers.size >= 100 && !this.lasers.has(from))) return false;
    this.lasers.set(from, { ...at, id });
    return (this.lasersMoved = true);
  }

  // --- what became different -------------------------------------------------------------------------------------------
  #draw(page, element, from, to) {
    const piece = { element, from, to };
    page.drawn.push(piece);
    page.stale = true;
    if (page === this.#shownPage()) this.pieces.push(piece);
    if (element.url) this.wantsPictures = true;
  }

  #touch(element) {
    element.page.stale = true;
    if (element.page === this.#shownPage()) this.touched.add(element);
    if (element.url) this.wantsPictures = true;
  }

  #all(page) {
    page.stale = true;
    if (page === this.#shownPage()) this.everything = true;
    return true;
  }

  #shownPage() {
    const board = this.boards.get(this.shown);
    return board?.pages.get(board.page);
  }
}
