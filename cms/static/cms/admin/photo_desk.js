// The photo desk: order, captions, cover and consent save themselves; files travel by photo_sender.js.
import { startSending } from "./photo_sender.js";

const desk = document.querySelector("[data-photo-desk]");
const list = desk.querySelector("[data-photos]");
const status = desk.querySelector("[data-status]");
const words = JSON.parse(document.getElementById("photo-desk-words").textContent);
const token = desk.querySelector("[name=csrfmiddlewaretoken]").value;
const cards = () => [...list.querySelectorAll("[data-photo]")];
let waiting = 0;

async function post(url, fields) {
  waiting += 1;
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs) return { error: answer.redirected ? words.signed_out : words.unsaved };
    return await answer.json();
  } catch {
    return { error: words.unsaved };
  } finally {
    waiting -= 1;
  }
}

function say(card, answer, good = words.saved) {
  const line = card.querySelector("[data-said]");
  line.textContent = answer.error ?? good;
  line.classList.toggle("photo-card__said--wrong", Boolean(answer.error));
}

async function save(card, fields) {
  const answer = await post(card.dataset.url, fields);
  say(card, answer);
  return answer;
}

function renumber() {
  cards().forEach((card, place) => {
    card.querySelector("[data-number]").textContent = place + 1;
    const field = card.querySelector("[name^=number-]");
    if (field) field.value = place + 1;
  });
  desk.querySelector("[data-count]").textContent = cards().length;
  desk.querySelector("[data-empty]").hidden = cards().length > 0;
  const everybody = desk.querySelector("[data-everybody]");
  if (everybody) everybody.hidden = cards().length === 0;
}

let later = 0;
function keepOrder() {
  renumber();
  clearTimeout(later);
  later = setTimeout(async () => {
    later = 0;
    const answer = await post(desk.dataset.order, { order: cards().map((card) => card.dataset.photo).join(",") });
    status.textContent = answer.error ?? words.ordered;
  }, 500);
}

// One place forward or back, for whoever has no pointer.
function step(button) {
  const card = button.closest("[data-photo]");
  const forward = button.dataset.step === "-1";
  const other = forward ? card.previousElementSibling : card.nextElementSibling;
  if (!other) return;
  if (forward) other.before(card);
  else other.after(card);
  keepOrder();
  button.focus();
  status.textContent = words.moved.replace("{n}", cards().indexOf(card) + 1);
}

// Dragging by the handle, with finger, pen or mouse.
function drag(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button) return;
  event.preventDefault();
  const card = handle.closest("[data-photo]");
  handle.setPointerCapture(event.pointerId);
  card.classList.add("photo-card--moving");
  let moved = false;
  const move = ({ clientX, clientY }) => {
    if (clientY < 80) scrollBy(0, -24);
    else if (clientY > innerHeight - 80) scrollBy(0, 24);
    const over = document.elementsFromPoint(clientX, clientY).map((one) => one.closest("[data-photo]")).find((one) => one && one !== card);
    if (!over) return;
    const box = over.getBoundingClientRect();
    const before = clientX < box.left + box.width / 2;
    if (before && over.previousElementSibling !== card) over.before(card);
    else if (!before && over.nextElementSibling !== card) over.after(card);
    else return;
    moved = true;
  };
  const drop = () => {
    handle.removeEventListener("pointermove", move);
    card.classList.remove("photo-card--moving");
    if (moved) keepOrder();
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", drop, { once: true });
}

async function remove(card) {
  if (!confirm(words.remove)) return;
  const answer = await save(card, { verb: "remove" });
  if (answer.error) return;
  const next = card.nextElementSibling ?? card.previousElementSibling;
  card.remove();
  renumber();
  next?.querySelector("[data-remove]")?.focus();
}

async function changed({ target }) {
  const card = target.closest("[data-photo]");
  if (!card) return;
  if (target.matches("[data-caption]")) {
    const typed = target.value;
    const answer = await save(card, { verb: "caption", caption: typed });
    if (answer.caption !== undefined && target.value === typed) target.value = answer.caption;
    target.dataset.unsaved = answer.error ? "1" : "";
  } else if (target.matches("[data-consent]")) {
    const answer = await save(card, { verb: "consent", consent: target.value });
    if (!answer.error) target.className = `photo-card__consent photo-card__consent--${target.value}`;
  } else if (target.matches("[data-cover]")) {
    await save(card, { verb: "cover" });
  }
}

// A photo that has just arrived: its card at its place; until its sizes lie ready, a small one drawn here.
async function arrived({ card: html, place }, file) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const card = holder.content.firstElementChild;
  const next = cards().find((one) => Number(one.dataset.place) > place);
  if (next) next.before(card);
  else list.append(card);
  wake(card);
  renumber();
  const empty = card.querySelector(".picture__empty");
  if (!empty || !window.createImageBitmap) return;
  try {
    const small = await createImageBitmap(file, { resizeWidth: 400, resizeQuality: "medium" });
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [small.width, small.height];
    sheet.getContext("2d").drawImage(small, 0, 0);
    small.close();
    empty.src = sheet.toDataURL("image/jpeg", 0.7);
  } catch {
    // A kind this browser cannot draw (HEIC): the placeholder stays until the page is loaded again.
  }
}

function wake(root) {
  for (const button of root.querySelectorAll("[data-step], [data-remove]")) button.hidden = false;
}

desk.classList.add("photo-desk--live");
wake(desk);
list.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-step], [data-remove]");
  if (button?.matches("[data-step]")) step(button);
  else if (button) remove(button.closest("[data-photo]"));
});
list.addEventListener("change", changed);
list.addEventListener("pointerdown", drag);
desk.querySelector("[data-sheet]").addEventListener("submit", (event) => event.preventDefault());
const intake = desk.querySelector("[data-intake]");
const sender = intake && startSending({ desk, intake, words, token, arrived });

addEventListener("beforeunload", (event) => {
  const typing = document.activeElement?.matches("[data-caption]") && document.activeElement.value !== document.activeElement.defaultValue && waiting;
  const unsaved = list.querySelector('[data-unsaved="1"]');
  if (sender?.busy() || waiting || later || typing || unsaved) event.preventDefault();
});
