// Messages between the members of a room, by way of the server: docs of `POST /demo-room/…` are in
// the server's DemoRoomRoutes. Names need no encoding; they have only characters that are allowed in a path.
const AGAIN = 1000; // ms before the next try when the server does not answer

export function createSignalling(room, user) {
  const base = new URL(`/demo-room/${room}/`, location.href).href;
  let queue = Promise.resolve();

  async function ask(path, options) {
    const answer = await fetch(base + path, options);
    if (answer.ok) return answer.json();
    throw new Error((await answer.json().catch(() => null))?.msg ?? `the server answered ${answer.status}`);
  }

  /** Send one message, after all that were sent before; its number. */
  function send(message) {
    const body = JSON.stringify({ ...message, from: user });
    const sent = queue.then(() => ask("messages", { method: "POST", body }));
    queue = sent.catch(() => {});
    return sent.then(({ number }) => number);
  }

  /** Send it even though the page is going. */
  function sendLast(message) {
    const body = JSON.stringify({ ...message, from: user });
    fetch(base + "messages", { method: "POST", body, keepalive: true }).catch(() => {});
  }

  /** Hand over, in order, whatever comes after the number `after`, until `signal` says stop. */
  async function listen(after, take, signal) {
    while (!signal.aborted) {
      try {
        const { messages } = await ask(`messages?after=${after}&for=${user}`, { signal });
        for (const message of messages) {
          if (signal.aborted) return;
          after = message.number;
          await take(message);
        }
      } catch (error) {
        if (signal.aborted) return;
        console.warn("room:", error.message);
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }
  }

  const board = () => ask("board");

  return { send, sendLast, listen, board };
}
