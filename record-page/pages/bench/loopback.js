/** What a camera's streams become when they are sent to this very page over WebRTC. */
export async function throughWebRtc(camera) {
  const [there, here] = [new RTCPeerConnection(), new RTCPeerConnection()];
  there.onicecandidate = ({ candidate }) => candidate && here.addIceCandidate(candidate);
  here.onicecandidate = ({ candidate }) => candidate && there.addIceCandidate(candidate);
  const received = new MediaStream();
  here.ontrack = ({ track }) => received.addTrack(track);
  for (const track of camera.stream.getTracks()) {
    const sender = there.addTrack(track, camera.stream);
    if (track.kind === "video") {
      const parameters = sender.getParameters();
      parameters.degradationPreference = "maintain-resolution";
      await sender.setParameters(parameters);
    }
  }
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription);
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription);
  camera.close = () => [there, here].forEach((one) => one.close());
  return received;
}
