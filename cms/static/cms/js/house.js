// Small comforts only; every page works without this file.
const root = document.documentElement;

// Size and theme: the form is sent behind the reader's back, so the page need not load again.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-appearance]");
  const button = event.submitter;
  if (!form || !button) return;
  event.preventDefault();
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams({ [button.name]: button.value }),
    redirect: "manual",
  }).catch(() => null);
  if (!answer || (answer.type !== "opaqueredirect" && !answer.ok)) {
    HTMLFormElement.prototype.requestSubmit ? location.reload() : form.submit();
    return;
  }
  if (button.name === "size") {
    const large = button.value === "large";
    if (large) root.dataset.size = "large";
    else delete root.dataset.size;
    button.value = large ? "normal" : "large";
    button.setAttribute("aria-pressed", String(large));
  } else {
    if (button.value === "system") delete root.dataset.theme;
    else root.dataset.theme = button.value;
    for (const other of form.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
for (const hidden of document.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
