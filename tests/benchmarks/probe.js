// Says when a page has painted what was asked of it; the same rule for every system.
//
// Painted: the page shows the expected numbers, and then two animation frames pass in which no element changed and no
// canvas was drawn on. The time is that of the last frame with a change, taken after it was painted: the wait for quiet
// is not counted. Changes of data-* and aria-* attributes, and inside <canvas>, cannot be seen and do not count.
(() => {
  if (window.top !== window || window.__probe) return;
  const QUIET_FRAMES = 2, SETTLED_MS = 200, LIMIT_MS = 20000;
  const UNSEEN = "canvas, head, [data-testid=stHeader], [data-testid=stStatusWidget]";
  let dirty = false, touched = false, quiet = 0, last = 0, waiting = null;
  const texts = new Set();

  const visible = (record) => {
    if (record.type === "attributes" && /^(data|aria)-/.test(record.attributeName)) return false;
    const element = record.target.nodeType === Node.ELEMENT_NODE ? record.target : record.target.parentElement;
    return !element?.closest(UNSEEN);
  };
  const note = (records) => {
    if (records.length) touched = true;
    if (!dirty) dirty = records.some(visible);
  };
  const observer = new MutationObserver(note);
  const watch = (root) =>
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch(root);
    return root;
  };

  const noteDraws = (type, names) => {
    for (const name of names) {
      const draw = type.prototype[name];
      type.prototype[name] = function () {
        dirty = touched = true;
        return draw.apply(this, arguments);
      };
    }
  };
  const FLAT = ["fill", "stroke", "fillRect", "strokeRect", "clearRect", "strokeText", "drawImage", "putImageData"];
  noteDraws(CanvasRenderingContext2D, FLAT);
  noteDraws(WebGLRenderingContext, ["drawArrays", "drawElements", "clear"]);
  noteDraws(WebGL2RenderingContext, ["drawArrays", "drawElements", "drawArraysInstanced", "clear"]);
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    dirty = touched = true;
    if (waiting) texts.add(String(text));
    return fillText.call(this, text, ...rest);
  };

  const all = (root, query) => [...root.querySelectorAll(query)].map((element) => element.textContent.trim());
  const cells = (row) => (row ? [...row.cells].map((cell) => cell.textContent.trim()) : []);
  const views = new Map();
  const findViews = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.dataset?.view) views.set(element.dataset.view, element);
      if (element.shadowRoot) findViews(element.shadowRoot);
    }
  };
  const VIEWS = ["answer", "kpis", "lineup", "visits", "trend", "lag", "units"];

  const shown = {
    ours() {
      if (!VIEWS.every((name) => views.get(name)?.isConnected)) findViews(document);
      const found = VIEWS.map((name) => views.get(name));
      if (found.some((view) => !view)) return {};
      const rows = views.get("units").querySelectorAll("tbody tr");
      return {
        stamps: new Set(found.map((view) => view.dataset.selection)),
        kpis: all(views.get("kpis"), ".kpi .value"),
        count: rows.length,
        first: cells(rows[0]),
        last: cells(rows[rows.length - 1]),
      };
    },
    page() {
      findViews(document);
      const found = [...views.values()].filter((view) => view.isConnected);
      return { stamps: new Set(found.map((view) => view.dataset.selection)), views: found.length };
    },
    dash() {
      const rows = [...document.querySelectorAll("#units tbody tr")].filter((row) => row.querySelector("td"));
      return {
        kpis: all(document, ".kpi"),
        count: parseInt(document.getElementById("count")?.textContent),
        charts: document.querySelectorAll(".js-plotly-plot .main-svg").length >= 4,
        first: cells(rows[0]),
        last: cells(rows[rows.length - 1]),
      };
    },
    streamlit() {
      const app = document.querySelector("[data-testid=stApp]");
      if (app?.dataset.testScriptState !== "notRunning") return {};
      return {
        kpis: all(document, "[data-testid=stMetricValue]"),
        count: parseInt(all(document, "[data-testid=stCaptionContainer]").at(-1)),
        charts: document.querySelectorAll("[data-testid=stVegaLiteChart] svg.marks").length >= 4,
        drawn: texts,
      };
    },
  };

  const matches = ({ system, expected }) => {
    const now = shown[system]();
    if (system === "page") {
      return now.views > 5 && now.stamps.size === 1 && String([...now.stamps][0]).includes(expected.stamp);
    }
    if (!now.kpis || now.count !== expected.count || now.charts === false) return false;
    if (expected.kpis.some((text, i) => now.kpis[i] !== text)) return false;
    if (now.stamps && (now.stamps.size !== 1 || ![...now.stamps][0].includes(expected.stamp))) return false;
    if (now.drawn) return !expected.drawn || now.drawn.has(expected.first[0]);
    return (
      expected.first.every((text) => now.first.includes(text)) && expected.last.every((text) => now.last.includes(text))
    );
  };

  const after = () => {
    note(observer.takeRecords());
    const now = performance.now(), check = touched;
    if (dirty) [last, quiet] = [now, 0];
    else quiet += 1;
    dirty = touched = false;
    if (!waiting || waiting.start === null) return;
    if (check) waiting.matched = matches(waiting);
    if (waiting.matched && waiting.painted === null && quiet >= QUIET_FRAMES) waiting.painted = last;
    const late = now - waiting.start > LIMIT_MS;
    if (!late && (waiting.painted === null || now - last < SETTLED_MS)) return;
    const { start, painted, matched, answer, system } = waiting;
    waiting = null;
    if (painted === null) answer({ error: matched ? "never quiet" : "never shown", shown: text(shown[system]()) });
    else answer({ ms: painted - start, settled: last - start });
  };
  const text = (value) => JSON.stringify(value, (_, each) => (each instanceof Set ? [...each].slice(0, 40) : each));

  const channel = new MessageChannel();
  channel.port1.onmessage = after;
  const frame = () => {
    channel.port2.postMessage(0);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);

  const wait = (system, expected, start) =>
    new Promise((answer) => {
      texts.clear();
      waiting = { system, expected, start, answer, matched: false, painted: null };
    });
  const begin = () => {
    if (waiting && waiting.fromPointer) Object.assign(waiting, { start: performance.now(), matched: false });
    quiet = 0;
  };
  window.addEventListener("pointerdown", begin, true);

  window.__probe = {
    // From the next press of the pointer on; a promise kept for `result`.
    arm(system, expected) {
      this.result = wait(system, expected, null);
      waiting.fromPointer = true;
    },
    // From the start of the navigation on.
    load(system, expected) {
      this.result = wait(system, expected, 0);
    },
  };
})();
