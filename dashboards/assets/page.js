// The page around the views: switches, the filters' drawer on a phone, and what to say when the server is gone.
(() => {
  const one = (query) => document.querySelector(query);
  const inside = (from, query) => [...from.querySelectorAll("*")].flatMap((node) => [
    ...(node.matches(query) ? [node] : []),
    ...(node.shadowRoot ? inside(node.shadowRoot, query) : []),
  ]);

  for (const control of document.querySelectorAll("[data-switch]")) {
    control.addEventListener("click", (event) => {
      event.preventDefault();
      const { switch: name, value } = control.dataset;
      document.cookie = `campaign_${name}=${value};path=/;max-age=31536000;samesite=lax`;
      const query = new URLSearchParams(window.location.search);
      query.delete(name);
      const rest = query.toString().replaceAll("%2C", ",");
      window.location.assign(window.location.pathname + (rest ? `?${rest}` : ""));
      if (!rest && !window.location.search) window.location.reload();
    });
  }

  for (const link of document.querySelectorAll(".pages a, .brand")) {
    link.addEventListener("click", () => {
      const query = new URLSearchParams(window.location.search);
      for (const one of ["unit", "matter"]) query.delete(one);
      link.search = query.toString().replaceAll("%2C", ",");
    });
  }

  // The notebook is of the snapshot on show, which may have been the newest when the page was opened.
  one("[data-notebook]")?.addEventListener("click", (event) => {
    const link = event.currentTarget, query = new URLSearchParams(window.location.search);
    query.set("page", new URLSearchParams(link.search).get("page"));
    const stamp = inside(document, "[data-selection]")[0]?.dataset.selection ?? "";
    const known = /known_on=([0-9-]+);/.exec(stamp);
    if (known) query.set("known_on", known[1]);
    link.search = query.toString().replaceAll("%2C", ",");
  });

  // Figures are drawn as wide as the paper before it is printed: a canvas does not flow.
  const root = document.documentElement;
  one("[data-print]").addEventListener("click", async () => {
    const paper = (on) => {
      root.classList.toggle("paper", on);
      window.dispatchEvent(new CustomEvent("campaign-paper", { detail: on }));
    };
    paper(true);
    await new Promise((done) => setTimeout(done, 1200));
    window.print();
    paper(false);
  });

  // The wall screen: a screenful at a time, then the next page; it holds where something is marked as an exception.
  const asked = new URLSearchParams(window.location.search);
  const wall = one(".wall"), said = wall.querySelector("span"), bar = wall.querySelector("i");
  const turned = [...document.querySelectorAll(".pages a:not([data-apart])")];
  const STEP = 12, HELD = 120;
  const leave = () => {
    asked.delete("kiosk");
    window.location.search = asked.toString().replaceAll("%2C", ",");
  };
  const inSight = (node) => {
    const box = node.getBoundingClientRect();
    return box.height > 0 && box.bottom > 60 && box.top < window.innerHeight - 60;
  };
  const exceptions = () => inside(document, "[data-exception]").filter(inSight);
  const turn = () => {
    const below = document.scrollingElement.scrollHeight - window.innerHeight - window.scrollY;
    if (below > 20) return window.scrollBy({ top: window.innerHeight * 0.8, behavior: "smooth" });
    const now = turned.findIndex((link) => link.hasAttribute("aria-current"));
    const next = turned[(now + 1) % turned.length];
    window.location.assign(new URL(next.getAttribute("href"), window.location.href).pathname + window.location.search);
  };
  const run = () => {
    let [left, held, paused] = [STEP, false, false];
    const show = (whole) => {
      const stopped = paused || held;
      wall.classList.toggle("paused", stopped);
      const words = stopped ? said.dataset.paused : said.dataset.running;
      if (said.textContent !== words) said.textContent = words;
      bar.style.width = `${100 * (1 - left / whole)}%`;
    };
    const begin = () => {
      held = exceptions().length > 0;
      left = held ? HELD : STEP;
    };
    const go = () => {
      turn();
      setTimeout(begin, 1500);
      [left, held] = [STEP, false];
    };
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
      if (event.key !== " ") return;
      event.preventDefault();
      if (paused || held) { paused = false; go(); } else paused = true;
    });
    setTimeout(begin, 3000);
    setInterval(() => {
      if (!paused) left -= 0.5;
      if (left <= 0) go();
      show(held ? HELD : STEP);
    }, 500);
  };
  if (asked.has("kiosk")) {
    root.classList.add("kiosk");
    wall.hidden = false;
    run();
  }
  one("[data-kiosk]").addEventListener("click", (event) => {
    event.preventDefault();
    const query = new URLSearchParams(window.location.search);
    query.set("kiosk", "1");
    window.location.search = query.toString().replaceAll("%2C", ",");
  });

  const menu = one(".menu"), side = one("#side");
  const open = (state) => {
    side.classList.toggle("open", state);
    menu.setAttribute("aria-expanded", String(state));
  };
  menu.addEventListener("click", () => open(!side.classList.contains("open")));
  document.addEventListener("keydown", (event) => event.key === "Escape" && open(false));

  const lost = one(".lost");
  lost.querySelector("button").addEventListener("click", () => window.location.reload());
  const returned = async () => {
    try {
      const answer = await fetch(window.location.href, { cache: "no-store" });
      if (answer.ok) return window.location.reload();
    } catch {
      // still away: asked again below
    }
    setTimeout(returned, 3000);
  };
  // The period's two handles come without names of their own.
  const nameHandles = (tries = 20) => {
    const handles = inside(side, ".noUi-handle");
    handles.forEach((handle, at) => handle.setAttribute("aria-label", side.dataset[at % 2 ? "to" : "from"]));
    if (!handles.length && tries) setTimeout(nameHandles, 250, tries - 1);
  };
  const watch = () => {
    const page = window.Bokeh?.documents?.find((each) => each.roots().length > 1);
    if (!page) return setTimeout(watch, 50);
    one("main").classList.add("ready");
    nameHandles();
    page.on_event("connection_lost", () => {
      if (!lost.hidden) return;
      lost.hidden = false;
      setTimeout(returned, 1500);
    });
  };
  watch();
})();
