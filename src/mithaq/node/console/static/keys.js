/* Keys for everything that a page offers: the list of them is the page /keys.
   Rules: this file is only on the page of a person whose keys are on (WCAG 2.1.4); no key while somebody writes or holds
   Ctrl, Alt or Meta; a letter is found by its place when the keyboard writes another script. */
"use strict";
(() => {
  const places = { h: "/", n: "/notices", m: "/manifests", t: "/hits", s: "/search" };
  const close = document.currentScript.dataset.close;
  let leader = 0;

  const writes = (one) => one instanceof Element && (one.isContentEditable || one.matches("input:not([type=checkbox], [type=radio]), textarea, select"));

  const name = (event) => {
    if (event.key === "؟") return "?";
    if (event.key.length !== 1 || event.key.charCodeAt(0) < 128) return event.key;
    return /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : event.code === "Slash" ? (event.shiftKey ? "?" : "/") : event.key;
  };

  const rows = () => [...document.querySelectorAll("main tbody th[scope=row] a[href]")].filter((one) => one.offsetParent);

  const step = (by) => {
    const all = rows(), at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    return Boolean(next);
  };

  const search = () => {
    const field = document.querySelector("[role=search] input:not([type=hidden]), input[type=search]");
    if (field) field.focus();
    else if (document.querySelector('[href="/search"], [action="/search"]')) location.assign(places.s);
    return true;
  };

  const take = () => {
    const button = document.querySelector("[data-key=take]");
    if (button) button.click(); else location.assign("/");
    return true;
  };

  const show = async () => {
    const answer = await fetch("/keys"), page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.getElementById("keys");
    if (!list || document.querySelector("dialog[open]")) return;
    const box = document.createElement("dialog"), form = document.createElement("form"), button = document.createElement("button");
    list.removeAttribute("id");
    list.querySelector("h1").id = "keys-heading";
    box.setAttribute("aria-labelledby", "keys-heading");
    form.method = "dialog";
    button.className = "btn btn-primary";
    button.autofocus = true;
    button.textContent = close;
    form.append(button);
    box.append(list, form);
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  };

  const go = (key) => {
    const place = places[key];
    // A page that this node does not have is no place to go to.
    if (place && document.querySelector(`a[href="${place}"], form[action="${place}"]`)) location.assign(place);
    return Boolean(place);
  };

  const done = (key, target) => {
    if (leader && performance.now() - leader < 2000) { leader = 0; return go(key); }
    leader = 0;
    const among = rows().includes(target);
    switch (key) {
      case "?": show(); return true;
      case "j": return step(1);
      case "k": return step(-1);
      case "ArrowDown": return among && step(1);
      case "ArrowUp": return among && step(-1);
      case "t": return take();
      case "/": return search();
      case "g": leader = performance.now(); return true;
    }
    return false;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (writes(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key !== "Shift" && done(name(event), event.target)) event.preventDefault();
  });
})();
