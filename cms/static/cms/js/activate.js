// The code on the slip comes in the address' fragment, which no server ever sees: into the field, out of the address.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.getElementById("id_code");
if (field && /^[A-Z0-9-]{10,14}$/i.test(code)) {
  if (!field.value) field.value = code.toUpperCase();
  history.replaceState(null, "", location.pathname);
  document.getElementById("id_staff_number")?.focus();
}
