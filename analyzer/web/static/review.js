/* The review page's keys, clicks and hovers. Pages are drawn by the server; here only what is open, chosen and shown. */
"use strict";

(() => {
  const main = document.querySelector("main.article");
  document.querySelectorAll(".filters select").forEach((one) => one.addEventListener("change", () => one.form.requestSubmit()));
  if (!main || !document.getElementById("override")) return deskKeys(); // an article without claims has nothing to decide

  const list = document.getElementById("claims");
  const text = document.getElementById("text");
  const override = document.getElementById("override");
  const help = document.getElementById("help");
  const toast = document.getElementById("toast");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const keysAct = document.getElementById("keys-act");
  keysAct.checked = localStorage.getItem("keys") !== "off";
  keysAct.addEventListener("change", () => localStorage.setItem("keys", keysAct.checked ? "on" : "off"));
  let chosen = null;
  let filter = "";

  const claims = () => [...list.children].filter((one) => !one.hidden);
  const head = (claim) => claim.querySelector(".head");
  const marks = (id) => text.querySelectorAll(`[data-claim="${id}"]`);

  function choose(claim, { focus = false, scroll = true } = {}) {
    if (!claim) return;
    if (chosen) {
      chosen.classList.remove("chosen");
      marks(chosen.dataset.claim).forEach((one) => one.classList.remove("chosen"));
    }
    chosen = claim;
    claim.classList.add("chosen");
    const its = marks(claim.dataset.claim);
    its.forEach((one) => one.classList.add("chosen"));
    if (focus) claim.querySelector(".toggle").focus({ preventScroll: true });
    if (scroll) {
      const how = { block: "nearest", behavior: calm.matches ? "auto" : "smooth" };
      claim.scrollIntoView(how);
      if (its.length && text.scrollHeight > text.clientHeight) scrollInside(text, its[0], how.behavior);
    }
    say();
  }

  function scrollInside(box, one, behavior) {
    const at = one.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTo({ top: at - box.clientHeight / 3, behavior });
  }

  function say() {
    const data = head(chosen).dataset;
    const shown = claims();
    document.getElementById("current").textContent = `${shown.indexOf(chosen) + 1}/${shown.length} ${data.sign} ${data.word}`;
    main.querySelector('[data-do="undo"]').disabled = !("mine" in data);
  }

  function step(by) {
    const shown = claims();
    const next = shown[Math.min(Math.max(shown.indexOf(chosen) + by, 0), shown.length - 1)];
    choose(next, { focus: true });
  }

  function toggle(claim, force) {
    const panel = claim.querySelector(".evidence");
    const open = force ?? panel.hidden;
    panel.hidden = !open;
    claim.querySelector(".toggle").setAttribute("aria-expanded", String(open));
    claim.classList.toggle("opened", open);
    if (open && !panel.childElementCount) load(claim);
  }

  function load(claim) {
    const id = claim.dataset.claim;
    htmx.ajax("GET", `/articles/${main.dataset.article}/claims/${id}`, {
      source: claim.querySelector(".evidence"), target: `#e-${id}`, swap: "innerHTML",
    });
  }

  async function decide(decision, fields = {}) {
    if (!chosen) return;
    const claim = chosen;
    const id = claim.dataset.claim;
    toast.hidden = true;
    await htmx.ajax("POST", `/articles/${main.dataset.article}/claims/${id}/decisions`, {
      source: claim, target: `#h-${id}`, swap: "outerHTML",
      values: { csrf: main.dataset.csrf, decision, run: main.dataset.run, after: head(claim).dataset.after, ...fields },
    });
  }

  /* After a decision: the text's marks, the filter and the open panel follow the new head. */
  function refresh(claim) {
    const data = head(claim).dataset;
    marks(claim.dataset.claim).forEach((one) => {
      if (one.querySelector(".sign").textContent === data.sign) return; // the long text is not laid out anew for nothing
      one.className = `mark ${data.label}${claim === chosen ? " chosen" : ""}`;
      one.querySelector(".sign").textContent = data.sign;
      one.querySelector(".word").textContent = ` ${data.word}`;
      one.title = one.title.replace(/:.*/, `: ${data.word}`);
    });
    const panel = claim.querySelector(".evidence");
    claim.querySelector(".toggle").setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.childElementCount) panel.hidden ? panel.replaceChildren() : load(claim);
    document.querySelectorAll("#progress .chip").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.filter === filter)));
    if (claim === chosen) {
      if (document.activeElement === document.body) claim.querySelector(".toggle").focus({ preventScroll: true });
      say();
    }
  }

  function narrow(wanted) {
    filter = wanted;
    const [name, value] = wanted.split(":");
    for (const one of list.children) one.hidden = Boolean(name) && head(one).dataset[name] !== value;
    document.querySelectorAll("#progress .chip").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.filter === wanted)));
    if (!chosen || chosen.hidden) choose(claims()[0], { scroll: false });
    else say();
  }

  function openOverride() {
    if (!chosen) return;
    document.getElementById("override-quote").textContent = chosen.querySelector(".toggle").textContent;
    const form = override.querySelector("form");
    form.reset();
    const now = form.querySelector(`[value="${head(chosen).dataset.label}"]`);
    override.showModal();
    now.focus();
  }

  /* Not by "autofocus": the browser looks for that when the page opens, and complains where a claim has the focus. */
  function openHelp() {
    help?.showModal();
    help?.querySelector("form button").focus();
  }

  const acts = {
    next: () => step(1),
    previous: () => step(-1),
    agree: () => decide("agree"),
    reject: () => decide("reject"),
    undo: () => decide("undo"),
    override: openOverride,
    help: openHelp,
  };
  const keys = { j: "next", k: "previous", a: "agree", r: "reject", u: "undo", o: "override", "?": "help" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "Enter" && event.target === document.body && chosen) return toggle(chosen);
    const act = keysAct.checked && keys[event.key];
    if (!act) return;
    event.preventDefault();
    acts[act]();
  });

  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-do]");
    const chip = event.target.closest("[data-filter]");
    const mark = event.target.closest("a.mark");
    const claim = event.target.closest("li.claim");
    if (act) acts[act.dataset.do]();
    else if (chip) narrow(chip.dataset.filter);
    else if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    else if (event.target.closest("[data-copy]")) copy(event.target.closest("[data-copy]"));
    else if (mark) {
      event.preventDefault();
      const its = document.getElementById(`c-${mark.dataset.claim}`);
      if (its.hidden) narrow("");
      choose(its, { focus: true });
    } else if (claim) {
      choose(claim, { scroll: !claim.contains(event.target.closest(".evidence")) });
      if (event.target.closest(".head") && !getSelection().toString()) toggle(claim);
    }
  });

  document.addEventListener("focusin", (event) => {
    const claim = event.target.closest("li.claim");
    if (claim && claim !== chosen) choose(claim, { scroll: false });
  });

  for (const [name, on] of [["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(name, (event) => {
      const over = event.target.closest?.("[data-claim]");
      if (!over) return;
      const id = over.dataset.claim;
      marks(id).forEach((one) => one.classList.toggle("hovered", on));
      document.getElementById(`c-${id}`)?.classList.toggle("hovered", on);
    });
  }

  override?.querySelector("form").addEventListener("submit", (event) => {
    const { label, reason, note } = Object.fromEntries(new FormData(event.target));
    decide("override", { label, reason, note });
  });

  async function copy(button) {
    const code = document.getElementById(button.dataset.copy);
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = main.dataset.copied;
      setTimeout(() => { button.textContent = before; }, 1500);
    } catch {
      getSelection().selectAllChildren(code);
    }
  }

  function complain(message) {
    toast.textContent = message;
    toast.hidden = false;
  }

  document.addEventListener("htmx:after:swap", (event) => {
    const claim = event.detail?.ctx?.sourceElement?.closest?.("li.claim");
    if (!claim) return;
    if (event.detail.ctx.request?.method === "POST") refresh(claim);
    else if (claim === chosen && claim.getBoundingClientRect().bottom > innerHeight) claim.scrollIntoView({ block: "start" });
  });
  document.addEventListener("htmx:response:error", (event) => complain(`${main.dataset.lost}: ${event.detail.ctx.text}`));
  document.addEventListener("htmx:error", () => complain(main.dataset.offline));

  /* What people have tested otherwise (amend.js) draws a claim's row anew, too. */
  document.addEventListener("claim:changed", (event) => refresh(event.target));

  const asked = location.hash.startsWith("#c-") && document.getElementById(location.hash.slice(1));
  if (list.children.length) choose(asked || list.children[0], { scroll: Boolean(asked), focus: Boolean(asked) });

  function deskKeys() {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
      event.preventDefault();
      document.getElementById("words")?.focus();
    });
  }
})();
