// After each save in the background: what a reader would still miss.
document.addEventListener("w-autosave:success", async () => {
  const place = document.querySelector("[data-house-findings]");
  if (!place) return;
  const query = new URLSearchParams({ at: window.location.pathname });
  const answer = await fetch(`${place.dataset.houseFindings}?${query}`).catch(() => null);
  if (answer?.ok) place.innerHTML = await answer.text();
});
