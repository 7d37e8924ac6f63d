// Put into the recorded page before its own scripts. PageStreams puts the modules of the folder streams/ into this
// function, one after the other: what they import from each other is in its scope, and nothing of it is the page's.
// Each track is read (MediaStreamTrackProcessor), encoded (WebCodecs: H.264, Opus) and sent to the recorder as it
// comes. Times are this page's performance.now() in microseconds; the recorder knows how they map to its clock.
(() => {
  /*PLAN*/
  const binding = window.__pagereelStreams;
  delete window.__pagereelStreams; // ours alone, in frames, too
  if (window !== top || window.pagereel) return;
  /*MODULES*/
  install(binding, PLAN);
})();
