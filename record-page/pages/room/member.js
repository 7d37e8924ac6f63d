// Being a member of a room: who else is there, one connection to each of them, and the board's messages.
//
// Who comes says "hello" to all; who is there answers "welcome". Of two who come at the same time exactly
// one hears the other's hello, because the server puts all messages in one order. A member has a new
// session each time it joins, so what was meant for an earlier one is not taken for this one's.
import { createPeer } from "./peer.js";
import { createSignalling } from "./signalling.js";

/**
 * A member that `sends` is visible to the others; one that does not `receive` gets no media.
 * Tells `on`: member, memberGone, stream, streamGone, board (pieces, replacing all), ink, clear, state, taken.
 */
export function createMember({ room, user, role, sends = true, receives = true, on }) {
  const signalling = createSignalling(room, user);
  const others = new Map(); // by user
  const published = new Map(); // kind by stream
  let session = null;
  let listening;
  let drawn = 0; // the number up to which the board is known

  const about = () => ({ session, role, sends, receives });

  function to(member, message) {
    return signalling.send({ ...message, to: member.user, session, toSession: member.session });
  }

  function meet({ from, session: theirs, role, sends: visible, receives: listens }) {
    forget(from);
    const member = { user: from, session: theirs, role, visible, listens };
    others.set(from, member);
    if (visible) on.member(member);
    if (!((sends && listens) || (receives && visible))) return member;
    member.peer = createPeer({
      polite: session < theirs,
      send: (message) => to(member, message),
      onStream: (stream, kind) => on.stream(stream, { userId: from, kind }),
      onStreamGone: (stream) => on.streamGone(stream, { userId: from }),
      onGone: () => lose(member),
    });
    if (listens) for (const [stream, kind] of published) member.peer.publish(stream, kind);
    return member;
  }

  function forget(name) {
    const member = others.get(name);
    if (!member) return;
    others.delete(name);
    member.peer?.close();
    if (member.visible) on.memberGone(member);
  }

  // Nothing has come from there for a while. If it was the network and not the member, it answers.
  function lose(member) {
    if (others.get(member.user) !== member) return;
    forget(member.user);
    signalling.send({ type: "hello", to: member.user, ...about() }).catch(() => {});
  }

  const takers = {
    async hello(message) {
      if (message.from === user) return taken();
      const member = meet(message);
      await to(member, { type: "welcome", ...about() });
    },
    welcome(message) {
      if (message.toSession !== session || others.get(message.from)?.session === message.session) return;
      meet(message);
    },
    bye(message) {
      if (others.get(message.from)?.session === message.session) forget(message.from);
    },
    ink: (message) => on.ink(message),
    clear: (message) => message.role === "teacher" && on.clear(),
  };

  async function take(message) {
    if (message.session === session) return; // my own
    if (message.type === "description" || message.type === "candidate") {
      const member = others.get(message.from);
      if (member?.session === message.session && message.toSession === session) await member.peer?.take(message);
    } else if (message.number > drawn || !["ink", "clear"].includes(message.type)) {
      await takers[message.type]?.(message);
    }
  }

  /** Done when the others know and the board is there. */
  async function join() {
    if (session) return;
    session = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const mine = session;
    try {
      on.state("joining");
      const number = await signalling.send({ type: "hello", ...about() });
      const board = await signalling.board();
      if (session !== mine) return; // left meanwhile
      drawn = board.number;
      on.board(board.pieces);
      listening = new AbortController();
      signalling.listen(number, take, listening.signal);
      on.state("joined");
    } catch (error) {
      if (session === mine) session = null;
      on.state("left");
      throw error;
    }
  }

  function quit() {
    listening?.abort();
    for (const name of [...others.keys()]) forget(name);
    session = null;
    on.state("left");
  }

  async function leave() {
    if (!session) return;
    const bye = signalling.send({ type: "bye", session });
    quit();
    await bye;
  }

  // Somebody has joined by my name: as with the vendors, the earlier one has to go.
  function taken() {
    quit();
    on.taken?.();
  }

  /** Publish a stream, or the tracks that it has got or lost since. */
  function publish(stream, kind) {
    published.set(stream, kind);
    for (const { peer, listens } of others.values()) if (listens) peer?.publish(stream, kind);
  }

  function unpublish(stream) {
    published.delete(stream);
    for (const { peer } of others.values()) peer?.unpublish(stream);
  }

  /** A message about the board, which the server keeps for those who come later. */
  function say(message) {
    return session ? signalling.send({ ...message, session, role }) : Promise.resolve();
  }

  addEventListener("pagehide", () => {
    if (session) signalling.sendLast({ type: "bye", session });
  });

  return {
    join, leave, publish, unpublish, say,
    others: () => [...others.values()],
    joined: () => session !== null,
  };
}
