// Passwords can be looked at; the first thing wrong is what the keyboard meets first.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? button.dataset.show : button.dataset.hide;
    button.setAttribute("aria-pressed", String(!shown));
  });
}
(document.querySelector("[data-focus]") ?? document.querySelector("[aria-invalid]"))?.focus();
