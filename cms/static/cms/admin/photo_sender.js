// Files on their way to an album: a few at a time, each with its progress, its refusal, another try.
const LANES = 3;

// Every file of what was dropped, folders opened.
async function filesOf(items) {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = [];
  const walk = async (entry) => {
    if (entry.isFile) {
      found.push(await new Promise((take, fail) => entry.file(take, fail)));
    } else if (entry.isDirectory) {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((take, fail) => reader.readEntries(take, fail));
        if (!some.length) break;
        for (const one of some) await walk(one);
      }
    }
  };
  for (const entry of entries) await walk(entry);
  return found.filter((file) => !file.name.startsWith("."));
}

export function startSending({ desk, intake, words, token, arrived }) {
  const at = (name) => desk.querySelector(`[data-${name}]`);
  const [panel, whole, counted, notice, queue, again, drop] =
    ["sending", "all", "counted", "notice", "queue", "again", "drop"].map(at);
  const ask = Number(desk.dataset.most);
  let next = Number(desk.dataset.next);
  let stopped = false;
  const jobs = [];
  const of = (state) => jobs.filter((job) => job.state === state);

  function tell() {
    const [done, refused, failed] = ["done", "refused", "failed"].map((state) => of(state).length);
    whole.max = jobs.length || 1;
    whole.value = done + refused;
    const parts = [words.counted.replace("{done}", done).replace("{all}", jobs.length)];
    if (refused) parts.push(words.refused.replace("{n}", refused));
    if (failed) parts.push(words.failed.replace("{n}", failed));
    counted.textContent = busy() || failed || refused ? parts.join(" · ") : words.finished.replace("{done}", done);
    again.hidden = failed === 0 || busy();
  }

  const busy = () => of("sending").length > 0 || (!stopped && of("waiting").length > 0);

  function line(job) {
    job.row = document.createElement("li");
    job.row.className = "photo-file";
    const name = Object.assign(document.createElement("span"), { className: "photo-file__name", textContent: job.file.name });
    job.bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    job.bar.setAttribute("aria-label", job.file.name);
    job.button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: words.again, hidden: true });
    job.button.addEventListener("click", () => retry([job]));
    job.said = Object.assign(document.createElement("p"), { className: "photo-file__said", textContent: words.waiting });
    job.row.append(name, job.bar, job.button, job.said);
  }

  function mark(job, state, sentence) {
    job.state = state;
    job.said.textContent = sentence;
    job.row.className = `photo-file photo-file--${state}`;
    job.button.hidden = state !== "failed";
    job.bar.hidden = state === "refused" || state === "failed";
    if (state === "done") job.row.remove();
    else if (!job.row.isConnected) queue.append(job.row);
    tell();
  }

  function halt(sentence) {
    stopped = true;
    notice.textContent = sentence;
    notice.hidden = false;
  }

  function send(job) {
    mark(job, "sending", words.sending);
    const request = new XMLHttpRequest();
    const form = new FormData(intake);
    form.delete("files");
    form.append("file", job.file);
    form.append("at", job.at);
    request.open("POST", desk.dataset.add);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 180_000;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      job.bar.value = total ? loaded / total : 0;
      if (loaded === total) job.said.textContent = words.checking;
    });
    request.addEventListener("loadend", () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* no answer of ours */ }
      if (request.status === 201 && answer) {
        mark(job, "done", "");
        arrived(answer, job.file);
      } else if (request.status === 422 && answer) {
        mark(job, "refused", answer.error);
      } else if (request.status === 403 || (request.status === 200 && !answer)) {
        mark(job, "failed", words.signed_out);
        halt(words.signed_out);
      } else {
        mark(job, "failed", request.status ? words.broken : words.lost);
        if (!request.status) halt(words.lost);
      }
      go();
    });
    request.send(form);
  }

  function go() {
    while (!stopped && of("sending").length < LANES) {
      const job = of("waiting")[0];
      if (!job) break;
      send(job);
    }
    if (stopped) for (const job of of("waiting")) mark(job, "failed", notice.textContent);
    tell();
  }

  function retry(some) {
    stopped = false;
    notice.hidden = true;
    for (const job of some) mark(job, "waiting", words.waiting);
    go();
  }

  function take(files) {
    const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name, "zh", { numeric: true }));
    if (!sorted.length) return;
    panel.hidden = false;
    for (const file of sorted) {
      const job = { file, at: next, state: "waiting" };
      next += 1;
      jobs.push(job);
      line(job);
      if (file.size > ask) mark(job, "refused", words.too_large);
    }
    go();
    panel.scrollIntoView({ block: "nearest" });
  }

  for (const field of intake.querySelectorAll("[data-files]")) {
    field.addEventListener("change", () => {
      take(field.files);
      field.value = "";
    });
  }
  intake.addEventListener("submit", (event) => event.preventDefault());
  again.addEventListener("click", () => retry(of("failed")));
  addEventListener("online", () => of("failed").length && retry(of("failed")));
  for (const name of ["dragover", "dragenter"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("photo-desk__drop--over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("photo-desk__drop--over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("photo-desk__drop--over");
    take(await filesOf(event.dataTransfer.items));
  });
  return { busy };
}
