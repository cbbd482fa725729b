// The page around the views: switches, the filters' drawer on a phone, and what to say when the server is gone.
(() => {
  const one = (query) => document.querySelector(query);

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
      query.delete("unit");
      link.search = query.toString().replaceAll("%2C", ",");
    });
  }

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
  const watch = () => {
    const page = window.Bokeh?.documents?.find((each) => each.roots().length > 1);
    if (!page) return setTimeout(watch, 50);
    one("main").classList.add("ready");
    page.on_event("connection_lost", () => {
      if (!lost.hidden) return;
      lost.hidden = false;
      setTimeout(returned, 1500);
    });
  };
  watch();
})();
