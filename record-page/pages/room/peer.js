// The connection to one other member: "perfect negotiation" as WebRTC's specification describes it.
// Each side has send-only transceivers for what it publishes, so nothing of the other side's is reused.
//
// Streams keep the size at which they were published: while the bandwidth is still being estimated the
// picture gets coarser or slower instead, and a recording does not change its size at every start.
const BITRATE = { camera: 900_000, screen: 2_000_000 };
const SOUND_BITRATE = 64_000;
const PATIENCE = 8000; // ms for which a connection may be interrupted

/**
 * `send(message)` reaches the other side's `take`. `polite`: gives way when both offer at once; exactly
 * one of the two has to be.
 */
export function createPeer({ polite, send, onStream, onStreamGone, onGone }) {
  const connection = new RTCPeerConnection();
  const published = new Map(); // kind and transceivers by stream
  const received = new Map(); // streams of the other side by id
  let kinds = {}; // of the other side's streams, by id
  let offering = false;
  let ignoring = false;
  let interrupted;

  async function describe() {
    const streams = Object.fromEntries([...published].map(([stream, { kind }]) => [stream.id, kind]));
    await send({ type: "description", description: connection.localDescription, streams });
  }

  connection.onnegotiationneeded = async () => {
    try {
      offering = true;
      try {
        await connection.setLocalDescription();
      } finally {
        offering = false; // before it is sent: the answer and the other's offer may come before the server's answer
      }
      await describe();
    } catch (error) {
      if (connection.signalingState !== "closed") console.warn("room: no offer:", error.message);
    }
  };

  connection.onicecandidate = ({ candidate }) => {
    if (candidate) send({ type: "candidate", candidate }).catch(() => {});
  };

  connection.onconnectionstatechange = () => {
    clearTimeout(interrupted);
    const state = connection.connectionState;
    if (state === "failed" || state === "closed") onGone();
    if (state === "disconnected") interrupted = setTimeout(onGone, PATIENCE);
  };

  connection.ontrack = ({ streams: [stream] }) => {
    if (!stream || received.has(stream.id)) return; // a further track of a stream that is known
    received.set(stream.id, stream);
    stream.addEventListener("removetrack", () => {
      if (stream.getTracks().length === 0) forget(stream);
    });
    onStream(stream, kinds[stream.id] ?? "camera");
  };

  function forget(stream) {
    if (received.get(stream.id) !== stream) return;
    received.delete(stream.id);
    onStreamGone(stream);
  }

  async function takeDescription({ description, streams }) {
    const collision = description.type === "offer" && (offering || connection.signalingState !== "stable");
    ignoring = !polite && collision;
    if (ignoring) return;
    kinds = streams;
    await connection.setRemoteDescription(description);
    if (description.type === "offer") {
      await connection.setLocalDescription();
      await describe();
    }
  }

  /** A message of the other side's peer. */
  async function take(message) {
    try {
      if (message.type === "description") await takeDescription(message);
      else await connection.addIceCandidate(message.candidate);
    } catch (error) {
      if (!ignoring && connection.signalingState !== "closed") console.warn("room:", error.message);
    }
  }

  function addTrack(stream, track) {
    const { kind, transceivers } = published.get(stream);
    const maxBitrate = track.kind === "video" ? BITRATE[kind] : SOUND_BITRATE;
    const transceiver = connection.addTransceiver(track, {
      direction: "sendonly",
      streams: [stream],
      sendEncodings: [{ maxBitrate }],
    });
    if (track.kind === "video") keepSize(transceiver.sender);
    transceivers.set(track, transceiver);
  }

  function removeTrack(stream, track) {
    const { transceivers } = published.get(stream);
    transceivers.get(track)?.stop();
    transceivers.delete(track);
  }

  /** Publish a stream, or the tracks that it has got or lost since. */
  function publish(stream, kind) {
    if (!published.has(stream)) published.set(stream, { kind, transceivers: new Map() });
    const { transceivers } = published.get(stream);
    const tracks = stream.getTracks();
    for (const track of tracks) if (!transceivers.has(track)) addTrack(stream, track);
    for (const track of [...transceivers.keys()]) if (!tracks.includes(track)) removeTrack(stream, track);
  }

  function unpublish(stream) {
    if (!published.has(stream)) return;
    for (const track of [...published.get(stream).transceivers.keys()]) removeTrack(stream, track);
    published.delete(stream);
  }

  function close() {
    clearTimeout(interrupted);
    connection.onconnectionstatechange = null;
    connection.close();
    for (const stream of [...received.values()]) forget(stream);
  }

  return { connection, publish, unpublish, take, close };
}

function keepSize(sender) {
  const parameters = sender.getParameters();
  parameters.degradationPreference = "maintain-resolution";
  sender.setParameters(parameters).catch((error) => console.warn("room: size may change:", error.message));
}
