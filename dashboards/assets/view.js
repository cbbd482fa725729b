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
  const key = (row) => row.children[column].dataset.key ?? row.children[column].textContent;
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
const nameOf = (node) => node?.name || node?.dataset?.key || node?.dataset?.do || node?.dataset?.press;

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

function setMarkup(content, html) {
  const before = sorting(content);
  const scroll = content.querySelector(".scroll")?.scrollTop;
  const restore = keep(content);
  content.innerHTML = html;
  sortAsBefore(content, before);
  if (scroll) content.querySelector(".scroll")?.scrollTo(0, scroll);
  restore();
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

function place(model, name, content) {
  const view = document.createElement("section");
  view.className = `view ${name}`;
  view.dataset.view = name;
  const markup = document.createElement("div");
  markup.className = "markup";
  view.append(markup);
  content.append(view);

  const tell = (event) => {
    const path = event.composedPath();
    const header = path.find((node) => node.dataset?.sort);
    if (header) return sortRows(header);
    const source = path.find((node) => node.dataset?.do);
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
  view.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.dataset?.sort) tell(event);
  });
  return { name, view, markup, figure: null, html: null };
}

async function draw(model, part, item) {
  const frame = document.createElement("div");
  frame.className = "figure";
  part.view.append(frame);
  const views = await Bokeh.embed.embed_item(item, frame);
  part.figure = views.roots[0].model;
  part.figure.on_event("tap", (event) => model.send_msg({ view: part.name, tap: [event.x, event.y] }));
}

function show(part, patch, selection) {
  const opened = part.view.dataset.empty === "true" && !patch.empty;
  const closed = part.view.dataset.empty === "false" && patch.empty;
  if (opened) part.before = part.view.getRootNode().activeElement;
  if (patch.html !== part.html) setMarkup(part.markup, (part.html = patch.html));
  if (part.figure && patch.figure) paint(part.figure, patch.figure);
  part.view.dataset.empty = String(Boolean(patch.empty));
  part.view.dataset.selection = selection;
  if (opened) part.markup.querySelector("[data-focus]")?.focus();
  if (closed) part.before?.focus();
}

function follow(model) {
  let shown = null;
  let replace = true;
  window.addEventListener("popstate", () => {
    replace = true;
    model.send_msg({ query: (shown = window.location.search.slice(1)) });
  });
  return (selection) => {
    const kept = new URLSearchParams(window.location.search);
    const look = ["language", "theme"].filter((name) => kept.has(name)).map((name) => `${name}=${encodeURIComponent(kept.get(name))}`);
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
  const parts = Object.keys(first.views).map((name) => place(model, name, content));
  const address = model.addressed ? follow(model) : () => {};

  const apply = (patch) => {
    for (const part of parts) show(part, patch.views[part.name], patch.selection);
    address(patch.query);
  };
  const close = (event) => {
    const escape = event.key === "Escape" && parts.find((part) => part.view.querySelector("[data-escape]"));
    if (escape) model.send_msg({ view: escape.name, ...JSON.parse(escape.view.querySelector("[data-escape]").dataset.do) });
  };
  document.addEventListener("keydown", close);
  model.on("remove", () => document.removeEventListener("keydown", close));

  for (const part of parts) setMarkup(part.markup, (part.html = first.views[part.name].html));
  const figures = JSON.parse(model.figures);
  await Promise.all(parts.filter((part) => figures[part.name]).map((part) => draw(model, part, figures[part.name])));
  apply(JSON.parse(model.patch));
  model.on("patch", () => apply(JSON.parse(model.patch)));
}
