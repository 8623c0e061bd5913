// The address of a page in pinyin while its title is typed. Wagtail's own would keep only the digits and Latin
// letters of a Chinese title; without this script the server makes the address when the page is saved.
const HAN = /[\u3400-\u9fff]/;
const WAIT = 250;

const title = () => document.querySelector("#id_title");
let suggested = null;
let timer = 0;
let asked = null;

async function pinyin(words) {
  asked?.abort();
  asked = new AbortController();
  const query = new URLSearchParams({ title: words, at: window.location.pathname });
  const address = document.querySelector("script[data-house-address]").dataset.houseAddress;
  const answer = await fetch(`${address}?${query}`, { signal: asked.signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).slug;
}

function fill(slug) {
  window.clearTimeout(timer);
  timer = window.setTimeout(async () => {
    try {
      const found = await pinyin(title().value);
      suggested = found;
      if (slug.value === found) return;
      slug.value = found;
      slug.dispatchEvent(new Event("change", { bubbles: true }));
    } catch (error) {
      if (error.name !== "AbortError") suggested = null; // the server makes the address when the page is saved
    }
  }, WAIT);
}

// Before Wagtail's own listeners: a Chinese title is ours, any other is Wagtail's.
function takeOver(event) {
  const slug = event.target;
  if (slug.id !== "id_slug" || !HAN.test(title()?.value ?? "")) return;
  event.stopImmediatePropagation();
  if (event.type === "w-sync:check") {
    const ours = slug.value === "" || slug.value === suggested;
    if (!ours) event.preventDefault(); // somebody chose this address: leave it
  } else {
    event.preventDefault();
    fill(slug);
  }
}

document.addEventListener("w-sync:check", takeOver, true);
document.addEventListener("w-sync:apply", takeOver, true);

// A draft opened again: was its address made from its title?
if (title() && HAN.test(title().value)) {
  pinyin(title().value).then((found) => { suggested = found; }, () => {});
}
