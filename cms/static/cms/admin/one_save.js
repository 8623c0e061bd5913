// A form is sent alone: a save in the background and the person's own would each begin the same new page.
let saving = false;
let sent = false;
let waiting = null;

document.addEventListener("w-autosave:save", (event) => {
  if (sent) event.preventDefault();
  else saving = true;
});
for (const end of ["success", "error"]) {
  document.addEventListener(`w-autosave:${end}`, () => {
    saving = false;
    if (waiting) send(waiting);
    waiting = null;
  });
}

// Wagtail switches the pressed button off, and a button that is off is not sent: its word goes along by itself.
function send({ form, button }) {
  const word = document.createElement("input");
  Object.assign(word, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
  form.append(word);
  form.requestSubmit();
  word.remove();
}

document.addEventListener(
  "submit",
  (event) => {
    if (!saving || !event.target.matches("[data-controller~='w-autosave']")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form: event.target, button: event.submitter };
  },
  true,
);
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("[data-controller~='w-autosave']")) sent = true;
});
