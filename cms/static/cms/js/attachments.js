// Files of a form: sent one by one as they are chosen, each with its progress, its refusal, another try.
// Without this file the same fields travel with the form.
const LANES = 2;
const PATIENCE = 180_000;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

class Desk {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.words = JSON.parse(root.querySelector("#upload-words").textContent);
    this.told = root.querySelector("[data-told]");
    this.jobs = [];
    this.held = null;
    for (const slot of root.querySelectorAll("[data-slot]")) this.open(slot);
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-take-back]");
      if (!button) return;
      event.preventDefault();
      this.takeBack(button);
    });
    this.form?.addEventListener("submit", (event) => this.hold(event));
    addEventListener("online", () => this.retry(this.of("failed")));
  }

  of(...states) { return this.jobs.filter((job) => states.includes(job.state)); }

  open(slot) {
    for (const field of slot.querySelectorAll('input[type="file"]')) {
      field.addEventListener("change", () => {
        const chosen = [...field.files];
        field.value = "";
        this.take(slot, chosen);
      });
    }
    const drop = slot.querySelector(".drop");
    for (const name of ["dragover", "dragenter"]) {
      drop.addEventListener(name, (event) => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
      });
    }
    drop.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.take(slot, [...event.dataTransfer.files]);
    });
  }

  take(slot, files) {
    const list = slot.querySelector("[data-list]");
    for (const file of files) {
      const job = { slot, file, state: "new" };
      const there = list.querySelectorAll("[data-file]").length + this.of("waiting", "sending").filter((other) => other.slot === slot).length;
      this.jobs.push(job);
      this.line(job);
      list.append(job.row);
      if (file.size > Number(this.root.dataset.largest)) this.mark(job, "refused", this.words.too_large);
      else if (there >= Number(slot.dataset.most)) this.mark(job, "refused", this.words.full);
      else this.mark(job, "waiting", this.words.waiting);
    }
    slot.querySelector(".field__error")?.remove();
    slot.querySelector(".field--error")?.classList.remove("field--error");
    this.go();
  }

  line(job) {
    const make = (tag, className, more = {}) => Object.assign(document.createElement(tag), { className, ...more });
    job.row = make("li", "upload");
    job.thumb = make("span", "upload__thumb");
    job.thumb.append(this.root.querySelector(".drop__pick .icon").cloneNode(true));
    job.bar = make("progress", "meter", { max: 100, value: 0 });
    job.bar.setAttribute("aria-label", fill(this.words.progress, { name: job.file.name }));
    job.said = make("span", "upload__say tabular");
    job.button = make("button", "upload__act", { type: "button" });
    job.button.addEventListener("click", () => this.press(job));
    job.row.append(job.thumb, make("span", "upload__name", { textContent: job.file.name }), job.bar, job.said, job.button);
  }

  mark(job, state, sentence) {
    job.state = state;
    job.said.textContent = sentence;
    job.bar.hidden = state !== "sending";
    job.row.classList.toggle("upload--bad", state === "refused" || state === "failed");
    const label = { waiting: this.words.stop, sending: this.words.stop, failed: this.words.again }[state] ?? "×";
    job.button.textContent = label;
    job.button.setAttribute("aria-label", state === "refused"
      ? fill(this.words.away, { name: job.file.name }) : `${label} ${job.file.name}`);
    if (state === "refused" || state === "failed") this.tell(`${job.file.name}: ${sentence}`);
  }

  press(job) {
    if (job.state === "failed") this.retry([job]);
    else if (job.state === "sending") job.request.abort();
    else this.drop(job);
  }

  drop(job) {
    this.jobs = this.jobs.filter((other) => other !== job);
    job.row.remove();
    job.slot.querySelector('input[type="file"]').focus();
    this.go();
  }

  retry(jobs) {
    for (const job of jobs) this.mark(job, "waiting", this.words.waiting);
    this.go();
  }

  send(job) {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("form", this.root.dataset.form);
    body.append("slot", job.slot.dataset.slot);
    body.append("file", job.file);
    job.request = request;
    job.began = performance.now();
    this.mark(job, "sending", fill(this.words.sending, { percent: 0, seconds: "…" }));
    request.open("POST", this.root.dataset.to);
    request.setRequestHeader("X-CSRFToken", this.token());
    request.setRequestHeader("Accept", "application/json");
    request.timeout = PATIENCE;
    request.upload.addEventListener("progress", ({ loaded, total }) => this.progress(job, loaded, total));
    request.addEventListener("abort", () => { job.aborted = true; });
    request.addEventListener("loadend", () => this.ended(job));
    request.send(body);
  }

  progress(job, loaded, total) {
    const percent = total ? Math.floor((loaded / total) * 100) : 0;
    job.bar.value = percent;
    const seconds = Math.max(1, Math.ceil(((performance.now() - job.began) / 1000) * (total / Math.max(1, loaded) - 1)));
    job.said.textContent = loaded >= total ? this.words.checking : fill(this.words.sending, { percent, seconds });
  }

  ended(job) {
    let answer = null;
    try { answer = JSON.parse(job.request.responseText); } catch { /* no answer of ours */ }
    const { status } = job.request;
    if (job.aborted) {
      job.aborted = false;
      this.tell(this.words.stopped);
      this.drop(job);
      return;
    }
    if (status === 201 && answer) this.arrived(job, answer);
    else if (status === 422 && answer) this.mark(job, "refused", answer.error);
    else if (status === 403 || (status === 200 && !answer)) this.mark(job, "failed", this.words.signed_out);
    else this.mark(job, "failed", status ? this.words.broken : this.words.lost);
    this.go();
  }

  arrived(job, answer) {
    const holder = document.createElement("template");
    holder.innerHTML = answer.line.trim(); // made by our own template, which escapes what people typed
    job.state = "done";
    job.row.replaceWith(holder.content);
    this.jobs = this.jobs.filter((other) => other !== job);
    this.tell(fill(this.words.arrived, { name: answer.name }));
  }

  async takeBack(button) {
    const row = button.closest(".upload");
    const slot = button.closest("[data-slot]");
    button.disabled = true;
    const answer = await fetch(button.dataset.takeBack, {
      method: "POST", headers: { "X-CSRFToken": this.token() }, redirect: "manual",
    }).catch(() => null);
    if (answer && (answer.status === 204 || answer.status === 404)) {
      const name = row.querySelector(".upload__name").textContent.trim();
      row.remove();
      slot.querySelector('input[type="file"]').focus();
      this.tell(fill(this.words.gone, { name }));
    } else {
      button.disabled = false;
      row.querySelector(".upload__say").textContent = this.words.broken;
      this.tell(this.words.broken);
    }
  }

  // The form waits for files on their way, then goes by itself.
  hold(event) {
    if (this.of("failed").length) {
      event.preventDefault();
      this.tell(this.words.failed);
      this.of("failed")[0].button.focus();
    } else if (this.of("waiting", "sending").length) {
      event.preventDefault();
      this.held = event.submitter ?? true;
      this.tell(this.words.hold);
      for (const job of this.of("waiting")) job.said.textContent = this.words.hold;
    }
  }

  go() {
    while (this.of("sending").length < LANES && this.of("waiting").length) this.send(this.of("waiting")[0]);
    if (!this.held || this.of("waiting", "sending").length) return;
    const by = this.held;
    this.held = null;
    if (!this.of("failed", "refused").length) this.form.requestSubmit(by === true ? undefined : by);
  }

  tell(sentence) { this.told.textContent = sentence; }

  token() { return this.form?.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? ""; }
}

for (const root of document.querySelectorAll("[data-uploads]")) new Desk(root);
