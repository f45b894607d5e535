/* The search that follows what is typed: the server draws, the address keeps the query. */
"use strict";

(() => {
  const PAUSE = 300;
  let waiting = 0;
  let asked = "";

  function addressOf(form) {
    const fields = [...new FormData(form)].filter(([, value]) => String(value).trim());
    const query = new URLSearchParams(fields).toString();
    return form.getAttribute("action") + (query ? `?${query}` : "");
  }

  async function find(form) {
    const address = addressOf(form);
    if (address === asked) return;
    asked = address;
    history.replaceState(null, "", address);
    await htmx.ajax("GET", address, { source: form, target: "#found", select: "#found", swap: "outerHTML" });
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => find(form), PAUSE);
  });
})();
