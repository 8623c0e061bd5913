// Arrow keys, Escape and swipe in a gallery; focus goes to the picture and back to its thumb.
const open = () => document.querySelector(".viewer__frame:target");
const follow = (way) => open()?.querySelector(way)?.click();
const [PREVIOUS, NEXT, CLOSE] = ['[rel="prev"]', '[rel="next"]', "[data-viewer]"];
const KEYS = { ArrowLeft: PREVIOUS, ArrowRight: NEXT, Escape: CLOSE };

addEventListener("keydown", (event) => {
  if (!KEYS[event.key] || !open()) return;
  event.preventDefault();
  follow(KEYS[event.key]);
});

// The way from one picture to the next leaves no trace: "back" closes the viewer, as people expect.
addEventListener("click", (event) => {
  const link = event.target.closest?.(".viewer__frame :is([rel], [data-viewer])");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(link.href);
});

let from = null;
addEventListener("touchstart", (event) => {
  from = open() && event.touches.length === 1 ? event.touches[0].clientX : null;
}, { passive: true });
addEventListener("touchend", (event) => {
  if (from === null) return;
  const moved = event.changedTouches[0].clientX - from;
  if (Math.abs(moved) > 50) follow(moved > 0 ? PREVIOUS : NEXT);
}, { passive: true });

// Which picture was left is asked of the event: two quick keys may both have moved on before the first is told.
const settle = (event) => {
  const frame = open();
  if (frame) {
    frame.tabIndex = -1;
    frame.focus({ preventScroll: true });
  } else if (event) {
    document.getElementById(`${new URL(event.oldURL).hash.slice(1)}-thumb`)?.focus();
  }
};
addEventListener("hashchange", settle);
settle();
