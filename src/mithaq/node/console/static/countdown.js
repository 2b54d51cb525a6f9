/* Renews the countdowns of a page each minute, by the node's clock as the page gave it (a demo's is not the time of day).
   Rule: the words come from the server in the reader's language; without this script a page says what it said when it
   was made. */
"use strict";
(() => {
  const texts = document.currentScript.dataset;
  const start = Date.parse(texts.now), loaded = performance.now();

  const told = (due, now) => {
    const late = due < now, whole = Math.floor(Math.abs(due - now) / 60000);
    const hours = Math.floor(whole / 60), long = hours >= 48;
    const amount = { days: Math.floor(hours / 24), hours: long ? hours % 24 : hours, minutes: whole % 60 };
    const text = late ? (long ? texts.lateDays : texts.lateHours) : (long ? texts.days : texts.hours);
    return [late, text.replace(/%\((\w+)\)(02)?d/g, (_, name, wide) => String(amount[name]).padStart(wide ? 2 : 1, "0"))];
  };

  const renew = () => {
    const now = start + performance.now() - loaded;
    for (const one of document.querySelectorAll(".countdown[data-due]")) {
      const [late, text] = told(Date.parse(one.dataset.due), now);
      if (one.textContent !== text) one.textContent = text;
      one.dataset.late = late ? "True" : "False";
    }
  };

  setInterval(renew, 60000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) renew(); });
})();
