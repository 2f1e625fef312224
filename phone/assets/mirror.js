/* The page that mirrors the wall follows it by itself; without this file there is a link for that. */
(function () {
  "use strict";
  const page = document.body.dataset, byId = (id) => document.getElementById(id);
  let stream = null, heardAt = Date.now(), newest = page.shape, due = 0, asking = false;
  document.documentElement.classList.add("js");

  const clock = (at) => { const t = new Date(at); return String(t.getHours()).padStart(2, "0") + ":" + String(t.getMinutes()).padStart(2, "0"); };

  function ask(address, how) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 8000);
    return fetch(address, Object.assign({ signal: stop.signal, credentials: "same-origin", headers: { "X-Sedyanka": "script" } }, how));
  }

  /* Stale figures must not pass for the wall. */
  function lost() {
    if (byId("lost")) return;
    const line = document.createElement("p");
    line.id = "lost";
    line.setAttribute("role", "alert");
    line.textContent = page.lost.replace("{time}", clock(heardAt));
    byId("main").before(line);
    document.body.classList.add("lost");
  }

  function alive() {
    heardAt = Date.now();
    if (!byId("lost")) return;
    byId("lost").remove();
    document.body.classList.remove("lost");
  }

  /* What only counts on changes in its place, so that nobody who reads loses the line. */
  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html"), now = fresh.body.dataset;
    if (!now.wall) { location.reload(); return; }
    const main = byId("main"), parts = main.querySelectorAll("[data-part]"), others = fresh.querySelectorAll("[data-part]");
    if (now.place === page.place && parts.length === others.length) {
      parts.forEach((part, at) => { if (part.outerHTML !== others[at].outerHTML) part.replaceWith(others[at]); });
    } else {
      const inside = main.contains(document.activeElement);
      main.replaceWith(fresh.getElementById("main"));
      document.querySelector("footer").replaceWith(fresh.querySelector("footer"));
      if (inside) byId("main").querySelector("h1").focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    page.place = now.place;
    page.shape = now.shape;
    const said = byId("said"), sentence = fresh.getElementById("said").textContent;
    if (said.textContent !== sentence) said.textContent = sentence;
    tick();
  }

  async function fetchPage() {
    due = 0;
    if (asking) return;
    asking = true;
    const wanted = newest;
    try {
      const answer = await ask(page.wall), text = await answer.text();
      if (answer.redirected) location.reload();
      else if (answer.headers.get("sedyanka") === "page") { alive(); show(text); }
    } catch (e) { /* looked for again soon */ }
    asking = false;
    if (newest !== wanted && newest !== page.shape) later(1000);
  }

  function later(most) {
    if (!due) due = setTimeout(fetchPage, Math.random() * most);
  }

  function heard(news) {
    alive();
    newest = String(news.shape);
    if (newest === page.shape) return;
    /* Counts may wait; what the facilitator does may not. */
    if (news.place === page.place) later(news.calm);
    else { clearTimeout(due); due = 0; later(news.spread); }
  }

  async function look() {
    try {
      const answer = await ask(page.wall + "/pulse", { cache: "no-cache" });
      if (answer.headers.get("content-type") !== "application/json") throw new Error("not ours");
      heard(await answer.json());
    } catch (e) {
      if (Date.now() - heardAt > 4000) lost();
    }
  }

  function follow() {
    if (!window.EventSource) return;
    if (stream) stream.close();
    stream = new EventSource(page.wall + "/events?shape=" + page.shape);
    stream.addEventListener("beat", alive);
    stream.onmessage = (event) => heard(JSON.parse(event.data));
  }

  /* A stream speaks every six seconds; whoever hears nothing asks. */
  function watch() {
    if (document.hidden || Date.now() - heardAt < 8000 && stream && stream.readyState === 1) return;
    if (stream && stream.readyState === 2) follow();
    look();
  }

  /* A phone's own time may be wrong, so it only counts how much of it passed. */
  function tick() {
    const time = document.querySelector("#clock b");
    if (!time) return;
    const known = time.dataset, ends = known.ends = known.ends || Date.now() + known.seconds * 1000;
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left > 0) time.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    else byId("clock").textContent = page.up;
  }

  function awake() { if (!document.hidden) { if (!stream || stream.readyState === 2) follow(); look(); } }

  follow();
  tick();
  setInterval(tick, 1000);
  setInterval(watch, 3500 + Math.random() * 1000);
  document.addEventListener("visibilitychange", awake);
  addEventListener("pageshow", (event) => { if (event.persisted) awake(); });
  addEventListener("online", awake);
})();
