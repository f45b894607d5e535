/* Files that are chosen or dropped on the desk are sent one by one; the server draws what becomes of them. */
"use strict";

(() => {
  const give = document.getElementById("give");
  if (!give) return;
  const files = document.getElementById("files");
  let done = Number(list().dataset.done);

  function list() {
    return document.getElementById("analyses");
  }

  function complain(message) {
    const line = document.createElement("p");
    line.className = "advice";
    line.textContent = message;
    list().prepend(line);
  }

  function show(html) {
    const drawn = new DOMParser().parseFromString(html, "text/html").getElementById("analyses");
    list().replaceWith(drawn);
    htmx.process(drawn);
    refresh();
  }

  async function send(file) {
    if (file.size > Number(give.dataset.most)) return complain(`${file.name}: ${give.dataset.tooLarge}`);
    try {
      const answer = await fetch("/analyses/file", {
        method: "POST",
        body: file,
        headers: {
          "Content-Type": "application/octet-stream", "HX-Request": "true", "X-Csrf": give.dataset.csrf,
          "X-Name": encodeURIComponent(file.name), "X-Date": document.getElementById("give-date").value,
          "X-Language": document.getElementById("give-language").value,
        },
      });
      const text = await answer.text();
      if (answer.ok) show(text);
      else complain(`${file.name}: ${text}`);
    } catch {
      complain(`${file.name}: ${give.dataset.lost}`);
    }
  }

  async function sendAll(chosen) {
    for (const file of chosen) await send(file);
    files.value = "";
  }

  files.addEventListener("change", () => sendAll([...files.files]));
  let depth = 0;
  addEventListener("dragenter", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    depth += 1;
    give.querySelector("details").open = true;
    give.classList.add("over");
  });
  addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) give.classList.remove("over");
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    give.classList.remove("over");
    sendAll([...(event.dataTransfer?.files ?? [])]);
  });

  /* When an article is done, the list of articles is drawn again. */
  function refresh() {
    const now = Number(list().dataset.done);
    if (now > done) htmx.ajax("GET", location.pathname + location.search, { target: "#found", select: "#found", swap: "outerHTML" });
    done = now;
  }

  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail?.ctx?.target?.id !== "found" && list()) refresh();
    const form = event.detail?.ctx?.sourceElement;
    if (form?.matches?.('form[action="/analyses/text"]')) form.reset();
  });
  document.addEventListener("htmx:response:error", (event) => complain(event.detail.ctx.text));
})();
