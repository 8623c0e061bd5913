// How far the worker is: asked every second; when it is done, the page is shown anew.

const bar = document.querySelector("[data-progress]");
const words = document.querySelector("#far-words");

async function ask() {
  try {
    const answer = await fetch(bar.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const { percent, busy } = await answer.json();
    if (!busy) return location.reload();
    bar.value = percent;
    words.textContent = `${percent} %`;
  } catch {
    // The connection is away for a moment: ask again.
  }
  return setTimeout(ask, 1000);
}

if (bar) setTimeout(ask, 700);
