// The demo classroom behind the interface of a vendor's: `AgoraEduSDK.config(…)` and `launch(dom, options)`,
// whose `options.listener` hears the classroom's events. 1 is "ready".
(() => {
  const READY = 1;
  const demo = new URL("demo/", document.currentScript.src);

  window.AgoraEduSDK = {
    config() {},
    launch(dom, options) {
      for (const name of ["userUuid", "userName", "roomUuid", "roomName"]) {
        if (!options[name]) throw new Error(`launch: ${name} is missing`);
      }
      const frame = document.createElement("iframe");
      frame.src = demo;
      frame.allow = "autoplay";
      frame.style.cssText = "width:100%;height:100%;border:0;display:block";
      frame.onload = () => options.listener?.(READY, { type: "whiteboard" });
      dom.replaceChildren(frame);
    },
  };
})();
