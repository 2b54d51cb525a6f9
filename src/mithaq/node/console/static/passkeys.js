// Speaks to a passkey: the browser asks for it, and a form takes what it says to the node. Without this script, or in a
// browser that knows no passkeys, the forms stay hidden and every other way of signing in works.
"use strict";
(() => {
  const known = window.PublicKeyCredential?.parseRequestOptionsFromJSON && navigator.credentials;
  const parse = {
    get: (options) => PublicKeyCredential.parseRequestOptionsFromJSON(options),
    create: (options) => PublicKeyCredential.parseCreationOptionsFromJSON(options),
  };

  async function optionsOf(form) {
    if (!form.dataset.options) return JSON.parse(form.querySelector('script[type="application/json"]').textContent);
    const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  async function ask(form) {
    const said = form.querySelector("[data-said]");
    said.textContent = said.dataset.wait;
    try {
      const verb = form.dataset.passkey;
      const options = await optionsOf(form);
      const found = await navigator.credentials[verb]({ publicKey: parse[verb](options.publicKey) });
      form.elements.credential.value = JSON.stringify(found.toJSON());
      form.submit();
    } catch {
      said.textContent = said.dataset.failed;
    }
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!known) continue;
    form.hidden = false;
    form.querySelector('button[type="button"]').addEventListener("click", () => ask(form));
  }
})();
