// Small comforts of the members' area; every page works without this file.

// How many rows are chosen, for the bar that appears with the first one.
for (const form of document.querySelectorAll(".bulkable")) {
  const say = form.querySelector("[data-chosen]");
  if (!say) continue;
  const count = () => {
    const chosen = form.querySelectorAll(".pick:checked").length;
    say.textContent = say.dataset.chosen.replace("{number}", chosen);
  };
  form.addEventListener("change", count);
  count();
}

// How much of a field is used; as a browser counts, and the server: by characters.
for (const mark of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(mark.dataset.count);
  if (!field) continue;
  const count = () => { mark.textContent = `${[...field.value].length} / ${mark.dataset.most}`; };
  mark.hidden = false;
  field.addEventListener("input", count);
  count();
}

// The first thing wrong is what the keyboard meets first.
document.querySelector("[data-focus]")?.focus();
