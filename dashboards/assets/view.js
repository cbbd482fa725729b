// One view in the browser: markup, an optional figure drawn once, and patches applied in place.

const named = (figure, name) => figure.renderers.find((renderer) => renderer.name === name);

function setRange(range, next) {
  if (next.factors) {
    if (JSON.stringify(range.factors) !== JSON.stringify(next.factors)) range.factors = next.factors;
  } else if (range.start !== next.start || range.end !== next.end) {
    range.setv({ start: next.start, end: next.end });
  }
}

function setTicks(axis, ticks) {
  axis.ticker.setv({ ticks: ticks.at, minor_ticks: [] });
  axis.major_label_overrides = new Map(ticks.at.map((at, i) => [at, ticks.labels[i]]));
}

// On paper charts are flatter, so that a profile takes few sheets.
const ON_PAPER = 0.72;

function setHeight(part) {
  const height = Math.round((part.waiting?.height ?? part.height) * (part.paper ? ON_PAPER : 1));
  part.frame.style.height = `${height}px`;
  if (part.figure && part.figure.height !== height) part.figure.height = height;
}

function paint(figure, patch) {
  if (patch.x) setRange(figure.x_range, patch.x);
  if (patch.y) setRange(figure.y_range, patch.y);
  if (patch.x_ticks) setTicks(figure.below[0], patch.x_ticks);
  if (patch.y_ticks) setTicks(figure.left[0], patch.y_ticks);
  if (patch.right_ticks) setTicks(figure.right[0], patch.right_ticks);
  for (const [name, columns] of Object.entries(patch.columns ?? {})) {
    named(figure, name).data_source.data = columns;
  }
}

function sortRows(header) {
  const table = header.closest("table");
  const column = [...header.parentNode.children].indexOf(header);
  const ascending = header.getAttribute("aria-sort") !== "ascending";
  for (const other of header.parentNode.children) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const key = (row) => row.children[column].dataset.key ?? row.children[column].querySelector("[data-at]")?.dataset.at ?? row.children[column].textContent;
  const body = table.tBodies[0];
  const empty = (value) => value === "";
  const rows = [...body.rows].sort((one, two) => {
    const [a, b] = [key(one), key(two)];
    if (empty(a) || empty(b)) return empty(a) - empty(b);
    const order = isNaN(a) || isNaN(b) ? a.localeCompare(b) : a - b;
    return ascending ? order : -order;
  });
  body.append(...rows);
}

function sortAsBefore(content, before) {
  if (!before) return;
  const header = content.querySelector(`th[data-sort="${before.name}"]`);
  if (!header) return;
  sortRows(header);
  if (before.order === "descending") sortRows(header);
}

function sorting(content) {
  const header = content.querySelector("th[aria-sort]");
  return header && { name: header.dataset.sort, order: header.getAttribute("aria-sort") };
}

// What a person has typed or opened, and where the cursor stands, by what stays the same when the markup is written anew.
const nameOf = (node) => node?.name || node?.dataset?.key || node?.dataset?.do || node?.dataset?.act || node?.dataset?.press;

function keep(content) {
  const each = (query) => [...content.querySelectorAll(query)];
  const typed = new Map(each("input[name]").filter((one) => one.value !== one.defaultValue).map((one) => [one.name, one.value]));
  const open = new Set(each("details[data-key][open]").map(nameOf));
  const focused = nameOf(content.getRootNode().activeElement);
  return () => {
    for (const one of each("input[name]")) if (typed.has(one.name)) one.value = typed.get(one.name);
    for (const one of each("details[data-key]")) if (open.has(nameOf(one))) one.open = true;
    const active = content.getRootNode().activeElement;
    if (focused && !active) each("input, button, summary, a").find((one) => nameOf(one) === focused)?.focus({ preventScroll: true });
  };
}

// The rows of a table that hold what was typed; none typed, all of them.
function sift(content) {
  for (const field of content.querySelectorAll("input[data-sift]")) {
    const wanted = field.value.trim().toLowerCase();
    for (const row of content.querySelectorAll("tbody tr")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  }
}

// A slider says what it stands at as it moves; the server hears of it when it has stood still for a moment.
const STILL_MS = 150;

function spell(control) {
  const part = Math.round(control.value * 100);
  const words = { $value: Number(control.value).toFixed(2), $part: part, $rest: 100 - part };
  const said = control.dataset.words.replace(/\$\w+/g, (word) => words[word]);
  control.setAttribute("aria-valuetext", said);
  control.parentNode.querySelector(".said").textContent = said;
}

function slide(part, control) {
  spell(control);
  clearTimeout(part.sliding);
  part.sliding = setTimeout(() => {
    part.sliding = 0;
    part.ask({ ...JSON.parse(control.dataset.control), value: control.value });
  }, STILL_MS);
}

// What changes beside a control that must stay as it is while a hand is on it.
function fill(part, fields) {
  for (const [name, value] of Object.entries(fields ?? {})) {
    const control = part.markup.querySelector(`input[name="${name}"]`);
    if (!control) part.markup.querySelector(`[data-field="${name}"]`).innerHTML = value;
    else if (!part.sliding) {
      control.value = value;
      spell(control);
    }
  }
}

const inJson = (text) => JSON.stringify(text).slice(1, -1);

// A table of marks comes as one text per row, a letter a cell, and is laid out here; a cell without a mark stays empty.
function layOut(content) {
  for (const table of content.querySelectorAll("table[data-marks]")) {
    const { tell, picked, only } = table.dataset;
    const marks = JSON.parse(table.dataset.marks);
    const [pickedRow, pickedColumn] = JSON.parse(picked ?? "[]");
    const heads = [...table.tHead.querySelectorAll("[data-name]")];
    const names = heads.map((head) => head.dataset.name);
    const titles = heads.map((head) => head.dataset.title ?? head.textContent);
    for (const row of table.querySelectorAll("tr[data-cells]")) {
      const title = row.querySelector("th").textContent;
      [...row.dataset.cells].forEach((letter, at) => {
        const cell = row.insertCell();
        if (!marks[letter]) return;
        const [glyph, tone, words] = marks[letter];
        const mark = element(tell ? "button" : "span", `tone-${tone}${only && !only.includes(letter) ? " aside" : ""}`);
        mark.textContent = glyph;
        mark.title = `${title} · ${titles[at]}: ${words}`;
        mark.setAttribute("aria-label", mark.title);
        if (tell) {
          mark.dataset.do = tell.replace("$row", () => inJson(row.dataset.name)).replace("$column", () => inJson(names[at]));
          mark.tabIndex = -1;
          if (row.dataset.name === pickedRow && names[at] === pickedColumn) mark.setAttribute("aria-pressed", "true");
        } else mark.setAttribute("role", "img");
        cell.dataset.key = words;
        cell.append(mark);
      });
    }
    const first = table.querySelector('td button[aria-pressed="true"]') ?? table.querySelector("td button[data-do]");
    if (first) first.tabIndex = 0;
  }
}

// One cell of such a table is reached with the tab key, the others from there with the arrows.
function moveMark(event) {
  const cell = event.target.closest?.("table[data-tell] td");
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!cell || !step) return;
  const rows = [...cell.closest("tbody").querySelectorAll("tr[data-cells]")];
  let [down, across] = [rows.indexOf(cell.parentNode), cell.cellIndex];
  let next;
  do {
    [down, across] = [down + step[0], across + step[1]];
    next = rows[down]?.cells[across];
  } while (next && !next.querySelector("button[data-do]"));
  event.preventDefault();
  if (!next) return;
  cell.querySelector("button").tabIndex = -1;
  next.querySelector("button").tabIndex = 0;
  next.querySelector("button").focus();
}

function setMarkup(content, html) {
  const before = sorting(content);
  const { scrollTop, scrollLeft } = content.querySelector(".scroll") ?? {};
  const restore = keep(content);
  content.innerHTML = html;
  layOut(content);
  const title = content.closest(".view")?.querySelector("h1, h2")?.textContent;
  for (const box of content.querySelectorAll(".scroll")) box.setAttribute("aria-label", title ?? "");
  sortAsBefore(content, before);
  restore();
  sift(content);
  if (scrollTop || scrollLeft) content.querySelector(".scroll")?.scrollTo(scrollLeft, scrollTop);
}

// Files go up one after another, each in one request; what the server says of each stands beside the control.
async function upload(control, tell) {
  const said = control.closest("[data-uploads]").querySelector("[role=status]");
  const files = [...control.files];
  const refused = [];
  control.disabled = true;
  for (const [place, file] of files.entries()) {
    said.textContent = `${file.name} (${place + 1}/${files.length}) …`;
    try {
      const headers = { "X-Campaign-Upload": "1", "Content-Type": "application/octet-stream" };
      const answer = await fetch(control.dataset.upload + encodeURIComponent(file.name), { method: "PUT", body: file, headers });
      if (!answer.ok) refused.push(`${file.name}: ${(await answer.text()).slice(0, 200)}`);
    } catch (error) {
      refused.push(`${file.name}: ${error.message}`);
    }
  }
  control.disabled = false;
  control.value = "";
  said.textContent = refused.join(" · ");
  tell({ do: "uploaded", refused: refused.length });
}

const element = (name, className) => Object.assign(document.createElement(name), { className });

function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// What a file is called, and what every export says of itself: the view, the snapshot's day, the whole selection.
const fileOf = (part) => `${part.name}-${/known_on=([^;]*)/.exec(part.view.dataset.selection)?.[1] ?? ""}`;

// The numbers as they are, not as they are shown; a text that a spreadsheet would calculate is kept a text.
function saveTable(part) {
  const holder = element("div", "");
  holder.innerHTML = part.twin ?? part.html;
  layOut(holder);
  holder.querySelectorAll(".pick").forEach((node) => node.remove());
  const quoted = (text) => `"${(/^[=+\-@\t\r]/.test(text) && isNaN(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const lines = [...holder.querySelectorAll("table")].flatMap((table) =>
    [...table.rows].map((row) => [...row.cells].map((cell) => quoted(cell.dataset.key ?? cell.querySelector("[data-at]")?.dataset.at ?? cell.textContent)).join(",")));
  lines.push(quoted(`# ${part.view.dataset.selection}`));
  save(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }), `${fileOf(part)}.csv`);
}

// The card as a picture: its own markup and style once more, with the figure as it stands and the selection below.
async function savePicture(part) {
  const [ratio, pad] = [2, 18];
  freshen(part);
  const root = part.view.getRootNode();
  const style = [...root.querySelectorAll("style")].map((one) => one.textContent)
    .concat([...(root.adoptedStyleSheets ?? [])].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)))
    .join("\n").replaceAll(/:host(\([^)]*\))?/g, ".host");
  const width = Math.ceil(part.view.clientWidth);
  const copy = part.view.cloneNode(false);
  copy.append(part.markup.cloneNode(true));
  copy.querySelectorAll(".acts, .pick").forEach((node) => node.remove());
  copy.querySelectorAll(".scroll").forEach((node) => (node.style.maxHeight = "none"));
  const frame = part.view.querySelector(".figure");
  if (part.figure) {
    const drawn = part.drawn.export("png").canvas;
    const picture = Object.assign(element("img", ""), { src: drawn.toDataURL() });
    picture.setAttribute("style", `display:block;margin-top:8px;width:${frame.clientWidth}px;height:${frame.clientHeight}px`);
    copy.append(picture);
  }
  const stamp = element("p", "legend");
  stamp.textContent = root.querySelector(".footer p")?.textContent ?? part.view.dataset.selection;
  stamp.style.overflowWrap = "anywhere";
  copy.append(stamp);
  const host = element("div", "host");
  const content = element("div", "content");
  content.append(copy);
  host.append(Object.assign(element("style", ""), { textContent: style }), content);
  host.setAttribute("style", `width:${width}px;background:var(--card)`);
  part.view.append(host);
  const height = Math.ceil(copy.scrollHeight) + 2;
  host.remove();
  const markup = new XMLSerializer().serializeToString(host);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * pad}" height="${height + 2 * pad}">` +
    `<foreignObject x="${pad}" y="${pad}" width="${width}" height="${height}">${markup}</foreignObject></svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = element("canvas", "");
  [canvas.width, canvas.height] = [(width + 2 * pad) * ratio, (height + 2 * pad) * ratio];
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(part.view).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, `${fileOf(part)}.png`), "image/png");
}

function showTwin(part) {
  part.table.hidden = !part.open;
  if (part.open && part.tabled !== part.twin) setMarkup(part.table, (part.tabled = part.twin ?? ""));
  part.markup.querySelector('[data-act="table"]')?.setAttribute("aria-expanded", String(part.open));
}

// A figure's table, and the whole of a shortened one, is worked out when it is first asked for, and then kept up.
function withTable(part, then) {
  if (part.twin === undefined && part.hasTwin) {
    part.then = then;
    part.ask({ do: "table" });
  } else then(part);
}

// A file that the server writes is asked for once per selection, and comes with the patch.
function withFile(part, act) {
  if (part.file) return saveFile(part);
  part.filing = true;
  part.ask({ do: act });
}

const saveFile = (part) => save(new Blob([part.file.text], { type: part.file.kind }), `${fileOf(part)}.${part.file.suffix}`);

const ACTS = {
  table: (part) => withTable(part, () => {
    part.open = !part.open;
    showTwin(part);
  }),
  csv: (part) => withTable(part, saveTable),
  png: savePicture,
  ics: (part) => withFile(part, "ics"),
};

function place(model, name, told, content) {
  const view = element("section", `view ${name} ${told.shape}`);
  view.dataset.view = name;
  const markup = element("div", "markup");
  const table = Object.assign(element("div", "twin"), { hidden: true });
  view.append(markup, table);
  content.append(view);
  const part = { name, view, markup, table, figure: null, html: null, twin: undefined, hasTwin: told.twin, open: false };
  part.ask = (message) => model.send_msg({ view: name, ...message });
  if (told.figure) {
    part.frame = element("div", "figure");
    part.height = told.height;
    setHeight(part);
    view.insertBefore(part.frame, table);
  }

  const tell = (event) => {
    const path = event.composedPath();
    const header = path.find((node) => node.dataset?.sort);
    if (header) return sortRows(header);
    const act = path.find((node) => node.dataset?.act);
    if (act) return ACTS[act.dataset.act](part);
    const source = path.find((node) => node.dataset?.do);
    const group = path.find((node) => node.dataset?.group);
    if (group) return part.ask({ group: group.dataset.group });
    if (!source || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    model.send_msg({ view: name, ...JSON.parse(source.dataset.do) });
  };
  view.addEventListener("click", tell);
  view.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    model.send_msg({ view: name, ...JSON.parse(event.target.dataset.submit), fields });
  });
  view.addEventListener("change", (event) => {
    if (event.target.dataset.upload) upload(event.target, (message) => model.send_msg({ view: name, ...message }));
  });
  view.addEventListener("input", ({ target }) => {
    if (target.dataset.sift !== undefined) sift(markup);
    if (target.dataset.control) slide(part, target);
  });
  view.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.dataset?.sort) tell(event);
    moveMark(event);
  });
  return part;
}

async function draw(model, part, told) {
  told.figure.doc.roots[0].attributes.height = part.waiting?.height ?? told.height;
  const views = await Bokeh.embed.embed_item(told.figure, part.frame);
  part.drawn = views.roots[0];
  part.figure = part.drawn.model;
  part.figure.on_event("tap", (event) => model.send_msg({ view: part.name, tap: [event.x, event.y] }));
  part.stale = true;
  freshen(part);
}

// A figure out of sight keeps its old paint until it comes near: only its height follows at once.
function freshen(part) {
  if (!part.stale || !part.figure || !part.waiting) return;
  part.stale = false;
  setHeight(part);
  paint(part.figure, part.waiting);
}

// What the page is listened to for, as long as the surface is on it.
function listening(model, target, heard) {
  for (const [name, act] of Object.entries(heard)) target.addEventListener(name, act);
  model.on("remove", () => Object.entries(heard).forEach(([name, act]) => target.removeEventListener(name, act)));
}

// Figures in sight are drawn at once, those below when they come near or the page has nothing else to do.
function drawing(model, parts, told) {
  const framed = parts.filter((part) => part.frame);
  const left = new Set(framed);
  const one = (part) => left.delete(part) && draw(model, part, told[part.name]);
  const near = new IntersectionObserver((seen) => {
    for (const entry of seen) {
      const part = framed.find((each) => each.view === entry.target);
      part.near = entry.isIntersecting;
      if (part.near) one(part) || freshen(part);
    }
  }, { rootMargin: "200px" });
  const all = () => framed.forEach((part) => one(part) || freshen(part));
  const paper = ({ detail }) => {
    for (const part of parts) part.view.parentElement.classList.toggle("paper", detail);
    for (const part of framed) setHeight(Object.assign(part, { paper: detail }));
    all();
  };
  listening(model, window, { beforeprint: all, "campaign-paper": paper });
  const above = [];
  for (const part of framed) {
    part.near = part.view.getBoundingClientRect().top < window.innerHeight;
    if (part.near) above.push(part);
  }
  model.on("remove", () => near.disconnect());
  const later = () => {
    framed.forEach((part) => near.observe(part.view));
    const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 200));
    const next = async () => {
      const [part] = left;
      if (!part || !part.view.isConnected) return;
      await one(part);
      idle(next);
    };
    idle(next, { timeout: 2000 });
  };
  return Promise.all(above.map(one)).then(() => { setTimeout(later, 0); });
}

function show(part, patch, selection) {
  const opened = part.view.dataset.empty === "true" && !patch.empty;
  const closed = part.view.dataset.empty === "false" && patch.empty;
  if (opened) part.before = part.view.getRootNode().activeElement;
  if (patch.html !== part.html) setMarkup(part.markup, (part.html = patch.html));
  fill(part, patch.fields);
  part.twin = patch.twin;
  if (part.twin !== undefined && part.then) {
    const then = part.then;
    part.then = null;
    then(part);
  }
  showTwin(part);
  part.file = patch.file;
  if (part.file && part.filing) {
    part.filing = false;
    saveFile(part);
  }
  part.waiting = patch.figure;
  part.stale = Boolean(patch.figure);
  if (part.frame) setHeight(part);
  if (part.near) freshen(part);
  part.view.dataset.empty = String(Boolean(patch.empty));
  part.view.dataset.selection = selection;
  if (opened) part.markup.querySelector("[data-focus]")?.focus();
  if (closed) part.before?.focus();
}

function follow(model) {
  let shown = null;
  let replace = true;
  const popstate = () => {
    replace = true;
    model.send_msg({ query: (shown = window.location.search.slice(1)) });
  };
  listening(model, window, { popstate });
  return (selection) => {
    const kept = new URLSearchParams(window.location.search);
    const look = ["language", "theme", "kiosk"].filter((name) => kept.has(name)).map((name) => `${name}=${encodeURIComponent(kept.get(name))}`);
    const query = [selection, ...look].filter(Boolean).join("&");
    const next = window.location.pathname + (query ? `?${query}` : "");
    if (query !== shown && next !== window.location.pathname + window.location.search) {
      window.history[replace ? "replaceState" : "pushState"]({}, "", next);
    }
    shown = query;
    replace = false;
  };
}

export async function render({ model, el }) {
  const content = document.createElement("div");
  content.className = "content";
  el.append(content);
  const first = JSON.parse(model.patch);
  const told = JSON.parse(model.parts);
  const parts = Object.keys(first.views).map((name) => place(model, name, told[name], content));
  const address = model.addressed ? follow(model) : () => {};

  const apply = (patch) => {
    for (const part of parts) show(part, patch.views[part.name], patch.selection);
    address(patch.query);
  };
  const close = (event) => {
    const escape = event.key === "Escape" && parts.find((part) => part.view.querySelector("[data-escape]"));
    if (escape) model.send_msg({ view: escape.name, ...JSON.parse(escape.view.querySelector("[data-escape]").dataset.do) });
  };
  listening(model, document, { keydown: close });

  apply(first);
  model.on("patch", () => apply(JSON.parse(model.patch)));
  await drawing(model, parts, told);
}
