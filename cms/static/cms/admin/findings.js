// After each save in the background: what a reader would still miss. Buttons in it do what they say at once.
const place = () => document.querySelector("[data-house-findings]");

async function show(address, options) {
  const answer = await fetch(address, options).catch(() => null);
  if (answer?.ok && place()) place().innerHTML = await answer.text();
}

document.addEventListener("w-autosave:success", () => {
  const query = new URLSearchParams({ at: window.location.pathname });
  if (place()) show(`${place().dataset.houseFindings}?${query}`);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-house-post]");
  if (!button || button.disabled) return;
  button.disabled = true;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const body = new URLSearchParams({ which: button.dataset.houseWhich ?? "" });
  await show(button.dataset.housePost, { method: "POST", body, headers: { "X-CSRFToken": token } });
  button.disabled = false;
});
