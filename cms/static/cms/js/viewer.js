// Arrow keys, Escape and swipe in a gallery; focus goes to the picture and back to its thumb.
const open = () => document.querySelector(".viewer__frame:target");
const follow = (way) => open()?.querySelector(`[data-viewer="${way}"]`)?.click();
const KEYS = { ArrowLeft: "prev", ArrowRight: "next", Escape: "close" };

addEventListener("keydown", (event) => {
  if (!KEYS[event.key] || !open()) return;
  event.preventDefault();
  follow(KEYS[event.key]);
});

let from = null;
addEventListener("touchstart", (event) => {
  from = open() && event.touches.length === 1 ? event.touches[0].clientX : null;
}, { passive: true });
addEventListener("touchend", (event) => {
  if (from === null) return;
  const moved = event.changedTouches[0].clientX - from;
  if (Math.abs(moved) > 50) follow(moved > 0 ? "prev" : "next");
}, { passive: true });

let last = "";
const settle = () => {
  const frame = open();
  if (frame) {
    frame.focus({ preventScroll: true });
    last = frame.id;
  } else if (last) {
    document.getElementById(`${last}-thumb`)?.focus();
    last = "";
  }
};
addEventListener("hashchange", settle);
settle();
