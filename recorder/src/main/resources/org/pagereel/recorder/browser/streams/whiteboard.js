// The page's whiteboard fills the screen.

// The top layer is above everything, and no ancestor's transform or overflow reaches it.
export function whiteboard(element) {
  if (!(element instanceof HTMLElement) || !element.isConnected)
    throw new TypeError("pagereel.whiteboard: an element of the page is expected");
  element.setAttribute("popover", "manual");
  const fill = { position: "fixed", inset: "0", width: "100vw", height: "100vh", "max-width": "none", "max-height": "none", margin: "0", border: "0" };
  for (const [name, value] of Object.entries(fill)) element.style.setProperty(name, value, "important");
  element.showPopover();
}
