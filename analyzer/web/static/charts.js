/* Charts that answer to mouse and keys, drawn with uPlot. They have no data of their own: days, values, marks, rules and
   window are read from the list and the table under the chart, as the server wrote them. The library is asked for when
   the first chart is there; until then, without it, and on paper stands the still picture. */
"use strict";

(() => {
  const SCRIPT = "/static/uplot-1.6.32.iife.min.js";
  const STYLE = "/static/uplot-1.6.32.min.css";
  const DAY = 86400;
  const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
  const LINES = ["--ink", "--line1", "--line2", "--line3"];
  const SIZES = [[1e12, " tn"], [1e9, " bn"], [1e6, " m"]];
  const narrow = matchMedia("(max-width: 620px)");
  const forced = matchMedia("(forced-colors: active)");
  const drawn = new Map();
  const views = new Map();
  let loading = null;

  function library() {
    loading ??= new Promise((resolve, reject) => {
      const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLE });
      const script = Object.assign(document.createElement("script"), { src: SCRIPT });
      script.addEventListener("load", () => resolve(uPlot));
      script.addEventListener("error", reject);
      document.head.append(style, script);
    });
    return loading;
  }

  const seconds = (day) => Date.parse(day) / 1000;
  const isoDay = (at) => new Date(at * 1000).toISOString().slice(0, 10);
  const number = (text) => (text === undefined ? null : Number(text));

  /* What the server wrote: a row a day; marks and rules with their labels. */
  function read(figure) {
    const rows = [...figure.querySelectorAll(".numbers tbody tr")];
    const named = [...figure.querySelectorAll(".numbers thead th")].slice(1).map((one) => one.textContent);
    const cells = rows.map((row) => [...row.querySelectorAll("td")]);
    const days = rows.map((row) => row.querySelector("time").dateTime);
    const all = (selector, read) => [...figure.querySelectorAll(`.drawn ${selector}`)].map((one) => read(one.dataset));
    return {
      days, named,
      data: [days.map(seconds), ...named.map((_, n) => cells.map((row) => number(row[n].querySelector("data")?.value)))],
      texts: cells.map((row) => row.map((cell) => cell.textContent)),
      marks: all("[data-day]", (one) => ({ day: one.day, at: seconds(one.day), label: one.label })),
      rules: all("[data-value]", (one) => ({ value: Number(one.value), label: one.label })),
      window: all("[data-first]", (one) => [seconds(one.first), seconds(one.last)])[0],
      unit: figure.dataset.unit,
    };
  }

  function colour(figure, name) {
    if (forced.matches) return name === "--card" ? "Canvas" : name === "--tone" ? "Highlight" : "CanvasText";
    return getComputedStyle(figure).getPropertyValue(name).trim();
  }

  function valueTicks(unit, splits) {
    const largest = Math.max(...splits.map(Math.abs));
    const [scale, sign] = unit === "fraction" ? [0.01, " %"] : SIZES.find(([size]) => largest >= size) ?? [1, ""];
    const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) / scale : 1;
    const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
    const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return splits.map((one) => ((one / scale).toLocaleString("en", form) + sign).replace(/^-/, "−"));
  }

  function options(figure, its, host) {
    const font = `${narrow.matches ? 12 : 11}px system-ui, sans-serif`;
    const paint = (name) => () => colour(figure, name);
    const axis = { stroke: paint("--soft"), font, ticks: { show: false } };
    return {
      ...room(host),
      padding: [10, 30, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 8 }, drag: { x: true, y: false, dist: 4 } },
      scales: { x: { time: true }, y: { range: (_, low, high) => bounds(low, high, its.rules) } },
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      axes: [
        { ...axis, grid: { show: false }, space: 96, size: 30, incrs: [1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652].map((n) => n * DAY), values: (_, at, __, ___, step) => at.map((one) => isoDay(one).slice(0, step >= 30 * DAY ? 7 : 10)) },
        { ...axis, grid: { stroke: paint("--edge"), width: 1 }, size: 62, gap: 6, values: (_, at) => valueTicks(its.unit, at) },
      ],
      series: [{}, ...its.named.map((label, n) => ({
        label, stroke: paint(LINES[n % 4]), dash: DASHES[n % 4], width: 1.6, spanGaps: true, points: { show: false },
      }))],
      hooks: {
        drawClear: [(plot) => shade(plot, figure, its)],
        draw: [(plot) => { rules(plot, figure, its); marks(plot, figure, its); }],
      },
    };
  }

  const room = (host) => ({ width: Math.max(240, host.clientWidth), height: narrow.matches ? 220 : 260 });

  /* The values in view and the rules, with the room above and below that the still picture has. */
  function bounds(low, high, rules) {
    const values = [low, high, ...rules.map((one) => one.value)].filter((one) => one !== null);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const pad = (most - least) * 0.06 || Math.abs(most) * 0.06 || 1;
    return [least - pad, most + pad];
  }

  /* --- what is drawn under and over the lines; positions are those of the canvas, in device pixels ---------------- */

  function shade(plot, figure, its) {
    if (!its.window) return;
    const { left, top, width, height } = plot.bbox;
    const [from, to] = its.window.map((at) => Math.min(Math.max(plot.valToPos(at, "x", true), left), left + width));
    plot.ctx.save();
    plot.ctx.globalAlpha = 0.14;
    plot.ctx.fillStyle = colour(figure, "--tone");
    plot.ctx.fillRect(from, top, Math.max(to - from, 2 * uPlot.pxRatio), height);
    plot.ctx.restore();
  }

  function label(plot, figure, text, x, y, align) {
    const { ctx } = plot;
    ctx.font = `${(narrow.matches ? 12 : 11) * uPlot.pxRatio}px system-ui, sans-serif`;
    ctx.textAlign = align;
    ctx.lineWidth = 3 * uPlot.pxRatio;
    ctx.lineJoin = "round";
    ctx.strokeStyle = colour(figure, "--card");
    ctx.fillStyle = colour(figure, "--ink");
    ctx.setLineDash([]);
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }

  function stroke(plot, figure, name, dash, from, to) {
    const { ctx } = plot;
    ctx.beginPath();
    ctx.setLineDash(dash.map((one) => one * uPlot.pxRatio));
    ctx.lineWidth = 1.2 * uPlot.pxRatio;
    ctx.strokeStyle = colour(figure, name);
    ctx.moveTo(...from);
    ctx.lineTo(...to);
    ctx.stroke();
  }

  function rules(plot, figure, its) {
    const { left, top, width } = plot.bbox;
    plot.ctx.save();
    for (const one of its.rules) {
      const y = plot.valToPos(one.value, "y", true);
      stroke(plot, figure, "--refuted", [5, 3], [left, y], [left + width, y]);
      const above = y - 5 * uPlot.pxRatio;
      const under = top + (14 + 13 * its.marks.length) * uPlot.pxRatio;
      label(plot, figure, one.label, left + width - 3, above > under ? above : y + 13 * uPlot.pxRatio, "right");
    }
    plot.ctx.restore();
  }

  function marks(plot, figure, its) {
    const { left, top, width, height } = plot.bbox;
    const taken = [];
    plot.ctx.save();
    for (const one of its.marks) {
      const x = plot.valToPos(one.at, "x", true);
      if (x < left - 1 || x > left + width + 1) continue;
      stroke(plot, figure, "--tone", [3, 3], [x, top], [x, top + height]);
      const value = its.data[1][its.days.indexOf(one.day)];
      if (value != null) dot(plot, figure, x, plot.valToPos(value, "y", true));
      const row = taken.filter((other) => Math.abs(other - x) < 120 * uPlot.pxRatio).length;
      taken.push(x);
      const end = x > left + width * 0.72;
      label(plot, figure, one.label, x + (end ? -5 : 5) * uPlot.pxRatio, top + (10 + 13 * row) * uPlot.pxRatio, end ? "right" : "left");
    }
    plot.ctx.restore();
  }

  function dot(plot, figure, x, y) {
    plot.ctx.beginPath();
    plot.ctx.arc(x, y, 3.5 * uPlot.pxRatio, 0, 2 * Math.PI);
    plot.ctx.fillStyle = colour(figure, "--tone");
    plot.ctx.fill();
  }

  /* --- mouse and keys ------------------------------------------------------------------------------------------- */

  function draw(figure) {
    const live = figure.querySelector(".live");
    const host = figure.querySelector(".canvas");
    const its = read(figure);
    live.hidden = false;
    figure.classList.add("is-live");
    const plot = new uPlot(options(figure, its, host), its.data, host);
    drawn.set(figure, plot);
    host.plot = plot; // for tests
    plot.root.setAttribute("aria-hidden", "true");
    host.ariaValueMax = String(its.days.length);
    const last = its.marks.at(-1)?.day ?? its.days.at(-1);
    const first = Math.max(0, its.days.findLastIndex((day) => day <= last)); // a long series has not every day
    const state = { figure, host, plot, its, at: first, told: false };
    tell(state);
    plot.hooks.setCursor = [() => {
      if (!plot.cursor.event || plot.cursor.idx == null || plot.cursor.left < 0) return;
      Object.assign(state, { at: plot.cursor.idx, told: true });
      tell(state);
    }];
    plot.hooks.setScale = [(_, scale) => scale === "x" && zoomed(state) && requestAnimationFrame(() => point(state))];
    const kept = views.get(figure.dataset.plot);
    if (kept) plot.setScale("x", kept);
    zoomed(state);
    new ResizeObserver(() => host.isConnected && host.clientWidth && plot.setSize(room(host))).observe(host);
    host.addEventListener("keydown", (event) => pressed(state, event));
    figure.querySelector(".zoom").addEventListener("click", (event) => {
      const act = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (act) zooms[act](state);
    });
  }

  /* The day that is pointed at, in the words of the table. */
  function tell({ figure, host, its, at }) {
    const values = its.texts[at].map((text, n) => text && `${its.named.length > 1 ? `${its.named[n]} ` : ""}${text}`);
    const marked = its.marks.filter((one) => one.day === its.days[at]).map((one) => one.label);
    const text = [its.days[at], ...values, ...marked].filter(Boolean).join(" · ");
    figure.querySelector(".readout").textContent = text;
    host.ariaValueNow = String(at + 1);
    host.ariaValueText = text;
  }

  function zoomed({ figure, plot, its }) {
    const { min, max } = plot.scales.x;
    const [first, last] = [its.data[0][0], its.data[0].at(-1)];
    const whole = min <= first && max >= last;
    if (whole) views.delete(figure.dataset.plot);
    else views.set(figure.dataset.plot, { min, max });
    for (const button of figure.querySelectorAll("[data-zoom]")) {
      const act = button.dataset.zoom;
      const idle = act === "in" ? max - min <= 6 * DAY : whole || (act === "earlier" && min <= first) || (act === "later" && max >= last);
      button.setAttribute("aria-disabled", String(idle));
    }
    return true;
  }

  /* The line at the day that is told; away when that day is out of view. */
  function point({ plot, its, at, told }) {
    if (!told) return;
    const left = plot.valToPos(its.data[0][at], "x");
    plot.setCursor(left < 0 || left > plot.over.clientWidth + 1 ? { left: -10, top: -10 } : { left, top: 8 }, false);
  }

  function show({ plot, its }, min, max) {
    const [first, last] = [its.data[0][0], its.data[0].at(-1)];
    const span = Math.min(Math.max(max - min, 5 * DAY), last - first);
    const from = Math.min(Math.max((min + max - span) / 2, first), last - span);
    plot.setScale("x", { min: from, max: from + span });
  }

  const around = (state, factor) => {
    const { min, max } = state.plot.scales.x;
    const day = state.its.data[0][state.at];
    const middle = day >= min && day <= max ? day : (min + max) / 2;
    show(state, middle - (middle - min) * factor, middle + (max - middle) * factor);
  };
  const aside = (state, share) => {
    const { min, max } = state.plot.scales.x;
    show(state, min + (max - min) * share, max + (max - min) * share);
  };
  const zooms = {
    in: (state) => around(state, 0.5),
    out: (state) => around(state, 2),
    earlier: (state) => aside(state, -0.33),
    later: (state) => aside(state, 0.33),
    whole: (state) => show(state, state.its.data[0][0], state.its.data[0].at(-1)),
  };

  /* To the row that lies so many further, brought into view if it is not. */
  function walk(state, by) {
    const { plot, its } = state;
    state.at = Math.min(Math.max(state.at + by, 0), its.days.length - 1);
    const day = its.data[0][state.at];
    const { min, max } = plot.scales.x;
    if (day < min) show(state, day, day + max - min);
    if (day > max) show(state, day - max + min, day);
    state.told = true;
    tell(state);
    requestAnimationFrame(() => point(state));
  }

  const keys = {
    ArrowLeft: (state, far) => walk(state, far ? -10 : -1),
    ArrowDown: (state, far) => walk(state, far ? -10 : -1),
    ArrowRight: (state, far) => walk(state, far ? 10 : 1),
    ArrowUp: (state, far) => walk(state, far ? 10 : 1),
    PageDown: (state) => walk(state, -10),
    PageUp: (state) => walk(state, 10),
    Home: (state) => walk(state, -Infinity),
    End: (state) => walk(state, Infinity),
    "+": zooms.in,
    "=": zooms.in,
    "-": zooms.out,
    0: zooms.whole,
  };

  function pressed(state, event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](state, event.shiftKey);
  }

  /* --- when ----------------------------------------------------------------------------------------------------- */

  async function look() {
    for (const [figure, plot] of drawn) {
      if (figure.isConnected) continue;
      plot.destroy();
      drawn.delete(figure);
    }
    if (!document.querySelector("figure[data-plot]:not(.is-live)")) return;
    try {
      await library();
    } catch {
      return; // the still picture stands
    }
    document.querySelectorAll("figure[data-plot]:not(.is-live)").forEach(draw);
  }

  const redraw = () => drawn.forEach((plot) => plot.redraw(false));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  forced.addEventListener("change", redraw);
  document.addEventListener("htmx:after:swap", look);
  look();
})();
