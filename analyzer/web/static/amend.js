/* Forms of what people have tested otherwise: a trial, a quote, a claim of their own. The server draws and tests. */
"use strict";

(() => {
  const main = document.querySelector("main.article");
  if (!main) return;
  const dialog = document.getElementById("select");
  const area = document.getElementById("select-text");
  const here = `/articles/${main.dataset.article}`;
  let opener = null;
  let target = null;
  let shown = null;

  /* --- talking to the server ------------------------------------------------------------------------------------ */

  const claimOf = (one) => one.closest("li.claim");
  const pathOf = (claim) => `${here}/claims/${claim.dataset.claim}`;

  async function ask(url, fields) {
    const body = fields && new URLSearchParams({ csrf: main.dataset.csrf, ...fields });
    try {
      const answer = await fetch(url, { method: fields ? "POST" : "GET", body, headers: { "HX-Request": "true" } });
      return { ok: answer.ok, html: (answer.headers.get("content-type") || "").includes("html"), text: await answer.text() };
    } catch {
      return { ok: false, html: false, text: main.dataset.offline };
    }
  }

  function complain(place, message) {
    const note = document.createElement("p");
    note.className = "error";
    note.setAttribute("role", "alert");
    note.textContent = message;
    place.replaceChildren(note);
  }

  async function busy(button, work) {
    button?.setAttribute("aria-busy", "true");
    if (button) button.disabled = true;
    try {
      return await work();
    } finally {
      button?.removeAttribute("aria-busy");
      if (button) button.disabled = false;
    }
  }

  /* The claim's row and the counts as the server drew them; the open evidence is loaded anew by review.js. */
  function drawn(claim, text) {
    if (!text) {
      location.hash = "";
      return location.reload();
    }
    const parts = new DOMParser().parseFromString(text, "text/html");
    for (const part of parts.querySelectorAll(".head, #progress")) document.getElementById(part.id)?.replaceWith(part);
    claim.dispatchEvent(new CustomEvent("claim:changed", { bubbles: true }));
  }

  async function change(claim, fields, place, button) {
    const after = claim.querySelector(".head").dataset.amended || "";
    const answer = await busy(button, () => ask(`${pathOf(claim)}/amendments`, { after, ...fields }));
    if (answer.ok) {
      shown = fields.change === "undo" ? null : claim;
      drawn(claim, answer.text);
    } else if (answer.html) fill(place, answer.text);
    else complain(place, answer.text);
    return answer.ok;
  }

  /* --- the form of a trial -------------------------------------------------------------------------------------- */

  const placeOf = (button) => button.closest(".acts-of-trial, .acts-of-claim").nextElementSibling;

  function fill(place, html) {
    document.querySelectorAll("form.amend-form").forEach((one) => one.parentElement !== place && one.remove());
    place.innerHTML = html;
    const form = place.querySelector("form");
    const wrong = form?.querySelector("[aria-invalid]");
    if (wrong) wrong.closest("details")?.setAttribute("open", "");
    (wrong || form?.querySelector(".field.instrument input") || form?.querySelector("select"))?.focus();
    place.scrollIntoView({ block: "nearest" });
  }

  async function openForm(button) {
    opener = button;
    const { trial, base } = button.dataset;
    const place = placeOf(button);
    const answer = await busy(button, () => ask(`${pathOf(claimOf(button))}/trial?${new URLSearchParams({ trial, base })}`));
    answer.ok ? fill(place, answer.text) : complain(place, answer.text);
  }

  document.addEventListener("change", async (event) => {
    if (!event.target.matches("[data-amend-check]")) return;
    const form = event.target.form;
    const place = form.parentElement;
    const answer = await ask(`${pathOf(claimOf(form))}/trial?${new URLSearchParams(new FormData(form))}`);
    if (!answer.ok) return complain(place, answer.text);
    fill(place, answer.text);
    place.querySelector("[data-amend-check]")?.focus();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.amend-form")) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    change(claimOf(form), { change: form.dataset.change, ...fields }, form.parentElement, event.submitter);
  });

  function close(form) {
    form.remove();
    opener?.isConnected && opener.focus();
  }

  /* --- recompute, take over, leave out, take back ---------------------------------------------------------------- */

  async function again(button) {
    const place = placeOf(button);
    const answer = await busy(button, () => ask(`${pathOf(claimOf(button))}/again/${button.dataset.evidence}`, {}));
    answer.ok ? (place.innerHTML = answer.text) : complain(place, answer.text);
  }

  async function take(button) {
    const claim = claimOf(button);
    const { label, reason, note } = button.dataset;
    const after = claim.querySelector(".head").dataset.after;
    const answer = await busy(button, () => ask(`${pathOf(claim)}/decisions`, { decision: "override", label, reason, note, after }));
    answer.ok ? drawn(claim, answer.text) : complain(button.parentElement, answer.text);
  }

  /* --- selecting a stretch of the text --------------------------------------------------------------------------- */

  const points = (text) => [...text].length;
  const units = (text, count) => [...text].slice(0, count).join("").length;

  function quote() {
    const text = area.value.slice(area.selectionStart, area.selectionEnd);
    const place = document.getElementById("select-quote");
    place.textContent = text.trim() ? `“${text.trim()}”` : place.dataset.none;
    return text;
  }

  /* What is selected in the text beside the table, as offsets in the article; the numbers of marks do not count. */
  function selectedInText() {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    const box = document.getElementById("text");
    if (!range || range.collapsed || !box.contains(range.commonAncestorContainer)) return null;
    const upTo = (node, offset) => {
      const before = document.createRange();
      before.setStart(box, 0);
      before.setEnd(node, offset);
      const copy = before.cloneContents();
      copy.querySelectorAll("sup").forEach((one) => one.remove());
      return points(copy.textContent);
    };
    return { start: upTo(range.startContainer, range.startOffset), end: upTo(range.endContainer, range.endOffset) };
  }

  function openSelect(button) {
    if (!dialog || dialog.open) return;
    opener = button;
    const data = button?.dataset || {};
    target = data.of ? { claim: claimOf(button), base: data.base } : null;
    const title = document.getElementById("select-title");
    title.textContent = target ? title.dataset.change : title.dataset.add;
    document.getElementById("select-error").hidden = true;
    document.getElementById("select-kind").value = data.kind || "";
    let stretch = "start" in data ? { start: Number(data.start), end: Number(data.end) } : selectedInText();
    if (data.quote) {
      const at = area.value.indexOf(data.quote);
      stretch = at < 0 ? null : { start: points(area.value.slice(0, at)), end: points(area.value.slice(0, at + data.quote.length)) };
    }
    dialog.showModal();
    area.focus();
    const start = units(area.value, stretch?.start ?? 0);
    area.setSelectionRange(start, units(area.value, stretch?.end ?? 0));
    area.scrollTop = Math.max(0, (area.scrollHeight * start) / Math.max(1, area.value.length) - area.clientHeight / 3);
    quote();
  }

  dialog?.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = quote();
    const start = points(area.value.slice(0, area.selectionStart));
    const fields = { start, end: start + points(text), quote: text, kind: document.getElementById("select-kind").value };
    const wrong = document.getElementById("select-error");
    let answer;
    if (target) {
      const after = target.claim.querySelector(".head").dataset.amended || "";
      const sent = { change: "quote", base: target.base, after, ...fields };
      answer = await busy(event.submitter, () => ask(`${pathOf(target.claim)}/amendments`, sent));
    } else answer = await busy(event.submitter, () => ask(`${here}/claims`, fields));
    wrong.hidden = answer.ok;
    wrong.textContent = answer.ok ? "" : answer.text;
    if (!answer.ok) return;
    dialog.close();
    if (target) {
      shown = target.claim;
      return drawn(target.claim, answer.text);
    }
    location.hash = `c-${answer.text}`;
    location.reload();
  });
  /* It takes the caret, so that keys can select in it, and no change. */
  area?.addEventListener("beforeinput", (event) => event.preventDefault());
  document.addEventListener("selectionchange", () => dialog?.open && quote());
  area?.addEventListener("select", quote);
  area?.addEventListener("keyup", quote);

  /* --- instruments, as they are typed ---------------------------------------------------------------------------- */

  const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
  const typed = (input) => ("several" in input.dataset ? input.value.split(",").at(-1) : input.value).trim();

  function hide(input) {
    listOf(input).hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function offer(input, by) {
    const options = [...listOf(input).querySelectorAll("[data-value]")];
    if (!options.length) return;
    const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = options[(now + by + options.length + (now < 0 && by < 0 ? 1 : 0)) % options.length];
    options.forEach((one) => one.setAttribute("aria-selected", String(one === next)));
    input.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  function pick(input, option) {
    const before = "several" in input.dataset ? input.value.split(",").slice(0, -1).map((one) => one.trim()) : [];
    input.value = [...before, option.dataset.value].join(", ");
    hide(input);
    input.focus();
  }

  let asking = 0;
  document.addEventListener("input", async (event) => {
    const input = event.target;
    if (!input.matches("[role=combobox]")) return;
    const number = ++asking;
    if (!typed(input)) return hide(input);
    await new Promise((done) => setTimeout(done, 120));
    if (number !== asking) return;
    const answer = await ask(`/instruments?${new URLSearchParams({ q: typed(input) })}`);
    if (number !== asking || !answer.ok || document.activeElement !== input) return;
    listOf(input).innerHTML = answer.text;
    listOf(input).hidden = false;
    input.setAttribute("aria-expanded", "true");
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("[role=combobox]")) hide(event.target);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".offers [data-value]");
    if (!option) return;
    event.preventDefault();
    pick(option.closest(".combo").querySelector("input"), option);
  });

  /* --- keys and clicks ------------------------------------------------------------------------------------------- */

  const acts = {
    trial: openForm,
    again,
    take,
    select: openSelect,
    cancel: () => dialog.close(),
    close: (button) => close(button.form),
    undo: (button) => change(claimOf(button), { change: "undo", amendment: button.dataset.amendment }, button.parentElement, button),
    remove: (button) => change(claimOf(button), { change: "trial_removed", trial: button.dataset.trial, base: button.dataset.base }, placeOf(button), button),
  };

  /* Before review.js sees it: a click on a button in a claim's row is not one on the row. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-amend]");
    if (!button) return;
    event.stopPropagation();
    acts[button.dataset.amend](button);
  }, true);

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (input.matches?.("[role=combobox]") && !listOf(input).hidden) {
      const active = document.getElementById(input.getAttribute("aria-activedescendant") || "");
      const moves = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in moves) offer(input, moves[event.key]);
      else if (event.key === "Enter" && active) pick(input, active);
      else if (event.key === "Escape") hide(input);
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && input.closest?.("form.amend-form")) return close(input.closest("form"));
    if (event.key === "Enter" && dialog?.open && input === area) {
      event.preventDefault();
      return dialog.querySelector("form").requestSubmit(dialog.querySelector(".primary"));
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key !== "n" || input.closest?.("input, textarea, select")) return;
    event.preventDefault();
    openSelect(null);
  });

  /* After a change the evidence is drawn anew: what was changed comes into view. */
  document.addEventListener("htmx:after:swap", (event) => {
    const claim = event.detail?.ctx?.sourceElement?.closest?.("li.claim");
    if (!claim || claim !== shown) return;
    shown = null;
    const section = [...claim.querySelectorAll(".amended")].at(-1) || claim.querySelector(".trial");
    section?.focus?.({ preventScroll: true });
    section?.scrollIntoView({ block: "start" });
  });
})();
