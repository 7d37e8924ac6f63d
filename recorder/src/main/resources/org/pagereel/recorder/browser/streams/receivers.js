// Which track came over the network, and by which receiver.

export const receivers = new WeakMap();

/** Sees every connection that the page makes from now on. */
export function watchConnections() {
  const connections = new WeakSet();
  const accept = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (...description) {
    if (!connections.has(this)) {
      connections.add(this);
      this.addEventListener("track", ({ track, receiver }) => receivers.set(track, receiver));
    }
    return accept.apply(this, description);
  };
}
