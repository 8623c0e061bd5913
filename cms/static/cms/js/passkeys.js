// Passkeys: the browser is asked, its answer goes into the form, the form is sent. Without this the button stays away.
const options = () => JSON.parse(document.getElementById("passkey-options")?.textContent || "{}");

const fetched = async (form) => {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
};

const made = (creation) => {
  const choice = creation.publicKey.authenticatorSelection ??= {};
  choice.residentKey = "required";
  choice.requireResidentKey = true;
  choice.userVerification = "required";
  return window.webauthnJSON.create(creation);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !window.webauthnJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-error]");
    said.hidden = true;
    try {
      const asked = "fetch" in form.dataset ? await fetched(form) : options();
      const credential = form.dataset.passkey === "make"
        ? await made(asked.creation_options)
        : await window.webauthnJSON.get(asked.request_options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      said.textContent = form.dataset.failed;
      said.hidden = false;
    }
  });
}
