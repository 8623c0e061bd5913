// What is typed is kept on the server a moment after the last key, so a lost phone loses nothing.
const CALM = 1500;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const said = document.querySelector("[data-saved]");
  let timer = 0, sent = false;

  const keep = async (leaving) => {
    timer = 0;
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    typed.set("ticket", form.dataset.ticket);
    const answer = await fetch(form.dataset.draft, {
      method: "POST", body: new URLSearchParams(typed), keepalive: leaving,
    }).catch(() => null);
    if (said && answer?.headers.get("Content-Type")?.startsWith("application/json")) said.textContent = (await answer.json()).said;
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, CALM, false);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    sent = true;
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !timer || sent) return;
    clearTimeout(timer);
    keep(true);
  });
}
