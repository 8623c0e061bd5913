// Files of a form: sent one by one as they are chosen, each with its progress, its refusal, another try.
// Without this file the same fields travel with the form.
const LANES = 2;
const PATIENCE = 180_000;
const SURELY_UNSENT = 4 * 1024 * 1024; // bytes; what is counted as sent lags behind what the other side has
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
      const there = list.querySelectorAll("[data-file]").length + this.of("waiting", "sending").filter((other) => other.slot === slot && !other.stopped).length;
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
    const bad = state === "refused" || state === "failed";
    job.row.classList.toggle("upload--bad", bad);
    job.thumb.replaceChildren(this.sign(bad ? "bad" : "way"));
    if (state === "refused") {
      job.button.replaceChildren(this.sign("away"));
      job.button.setAttribute("aria-label", fill(this.words.away, { name: job.file.name }));
    } else {
      job.button.textContent = state === "failed" ? this.words.again : this.words.stop;
      job.button.setAttribute("aria-label", `${job.button.textContent} ${job.file.name}`);
    }
    if (bad) this.tell(`${job.file.name}: ${sentence}`);
  }

  sign(name) { return this.root.querySelector(`[data-sign="${name}"]`).content.cloneNode(true); }

  press(job) {
    if (job.state === "failed") this.retry([job]);
    else if (job.state === "sending") this.stop(job);
    else this.drop(job);
  }

  // Cut off on its way, or taken back when it has arrived: the other side may hold all of it already.
  stop(job) {
    job.stopped = true;
    job.button.disabled = true;
    job.said.textContent = this.words.stopping;
    if (job.file.size - job.loaded > SURELY_UNSENT) job.request.abort();
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
    job.loaded = 0;
    this.mark(job, "sending", fill(this.words.sending, { percent: 0, seconds: "…" }));
    request.open("POST", this.root.dataset.to);
    request.setRequestHeader("X-CSRFToken", this.token());
    request.setRequestHeader("Accept", "application/json");
    request.timeout = PATIENCE;
    request.upload.addEventListener("progress", ({ loaded, total }) => this.progress(job, loaded, total));
    request.addEventListener("loadend", () => this.ended(job));
    request.send(body);
  }

  progress(job, loaded, total) {
    job.loaded = loaded;
    if (job.stopped) return;
    const percent = total ? Math.floor((loaded / total) * 100) : 0;
    job.bar.value = percent;
    const seconds = Math.max(1, Math.ceil(((performance.now() - job.began) / 1000) * (total / Math.max(1, loaded) - 1)));
    job.said.textContent = loaded >= total ? this.words.checking : fill(this.words.sending, { percent, seconds });
  }

  async ended(job) {
    let answer = null;
    try { answer = JSON.parse(job.request.responseText); } catch { /* no answer of ours */ }
    const { status } = job.request;
    const arrived = status === 201 && answer;
    if (job.stopped && (!arrived || (await this.isGone(this.row(answer).querySelector("[data-take-back]"))))) {
      this.tell(this.words.stopped);
      this.drop(job);
      return;
    }
    if (arrived) this.arrived(job, answer);
    else if (status === 422 && answer) this.mark(job, "refused", answer.error);
    else if (status === 403 || (status === 200 && !answer)) this.mark(job, "failed", this.words.signed_out);
    else this.mark(job, "failed", status ? this.words.broken : this.words.lost);
    this.go();
  }

  row(answer) {
    const holder = document.createElement("template");
    holder.innerHTML = answer.line.trim(); // made by our own template, which escapes what people typed
    return holder.content;
  }

  arrived(job, answer) {
    job.state = "done";
    job.row.replaceWith(this.row(answer));
    this.jobs = this.jobs.filter((other) => other !== job);
    this.tell(fill(this.words.arrived, { name: answer.name }));
  }

  async isGone(button) {
    const answer = await fetch(button.dataset.takeBack, {
      method: "POST", headers: { "X-CSRFToken": this.token() }, redirect: "manual",
    }).catch(() => null);
    return answer?.status === 204 || answer?.status === 404;
  }

  async takeBack(button) {
    const row = button.closest(".upload");
    const slot = button.closest("[data-slot]");
    button.disabled = true;
    if (await this.isGone(button)) {
      const { name } = row.dataset;
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
    if (this.jobs.some((job) => job.stopped)) return; // it may still lie where the next one goes
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
