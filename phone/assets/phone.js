/* Everything works without this file; with it, the page follows the room by itself, keeps what is
   typed, and sends again when the connection was away. */
(function () {
  "use strict";
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  let page = document.body.dataset;
  let box = [];
  let thinking = 0, thought = "";
  let busy = false, wait = 500, timer = 0, poll = 0, silence = 0, stream = null, asked = 0, timed = 0, count = 0, first = "", switching = false;
  root.classList.add("js");

  /* Storage may be blocked or full: then the page only forgets more. */
  const perhaps = (act) => { try { return act(); } catch (e) { return null; } };
  const kept = {
    get: (name) => perhaps(() => JSON.parse(localStorage.getItem(name))),
    set: (name, value) => perhaps(() => localStorage.setItem(name, JSON.stringify(value))),
    drop: (name) => perhaps(() => localStorage.removeItem(name)),
    names: (start) => perhaps(() => Object.keys(localStorage).filter((name) => name.startsWith(start))) || [],
    forget() { ["draft:", "out:"].forEach((start) => kept.names(start).forEach(kept.drop)); }
  };
  const outbox = () => "out:" + page.follow;
  const draftOf = (form) => form && form.dataset.draft && page.follow ? "draft:" + form.dataset.draft : "";
  const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => name[0] !== "_");
  const bodyOf = (form) => {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete("_key");
    return fields.toString();
  };
  const typed = (form) => !!form && ("unsent" in form.dataset || JSON.stringify(fieldsOf(form)) !== first);

  /* "held": something is still on its way, so the line stays in sight. */
  function say(sentence, held, care) {
    const said = byId("said");
    if (said.textContent !== sentence) said.textContent = sentence;
    said.classList.toggle("held", !!held);
    said.classList.toggle("care", !!care);
  }

  /* --- one page, prepared after each change --- */
  function prepare() {
    count = 0;
    begin();
  }

  function begin() {
    const form = byId("entry");
    first = form ? JSON.stringify(fieldsOf(form)) : "";
    const draft = draftOf(form) && kept.get(draftOf(form));
    if (draft) {
      for (const [name, value] of draft) {
        for (const field of form.querySelectorAll('[name="' + CSS.escape(name) + '"]')) {
          if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
          else if (field.type !== "hidden") field.value = value;
        }
      }
    }
    hint(form, "");
    document.querySelectorAll("[data-limit]").forEach(measure);
    document.querySelectorAll("[data-left]").forEach(reckon);
    const more = document.querySelector("[data-more]");
    if (more) import(more.dataset.more).then((one) => one.begin(), () => { /* it is not needed */ });
    tick();
  }

  /* A phone's own time may be wrong, so it only counts how much of it passed. At zero nothing
     happens but words. */
  function tick() {
    const time = document.querySelector("#clock b");
    if (!time) return;
    const known = time.dataset, ends = known.ends = known.ends || Date.now() + known.seconds * 1000;
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left > 0) time.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    else {
      const line = byId("clock");
      line.setAttribute("role", "status");
      line.textContent = page.up;
    }
  }

  function measure(field) {
    let line = field.nextElementSibling;
    if (!line || !line.classList.contains("count")) {
      line = document.createElement("p");
      line.className = "count";
      field.after(line);
    }
    const length = [...field.value].length, limit = +field.dataset.limit;
    line.textContent = length * 2 > limit ? length + " / " + limit : "";
    line.classList.toggle("over", length > limit);
  }

  function reckon(line) {
    let left = +line.dataset.total;
    document.querySelectorAll('input[name^="' + line.dataset.left + '"]').forEach((field) => { left -= +field.value || 0; });
    line.querySelector("output").textContent = left < 0 ? "\u2212" + -left : left;
    line.classList.toggle("over", left < 0);
  }

  /* Whoever pauses is told below the field what reads alike; nothing waits for that. */
  function ponder(form, field) {
    clearTimeout(thinking);
    if (field.tagName === "TEXTAREA") thinking = setTimeout(compare, 1200, form, field);
  }

  async function compare(form, field) {
    const words = field.value.trim();
    if (words.length < 12) hint(form, "");
    if (words.length < 12 || words === thought || busy || box.length) return;
    thought = words;
    try {
      const answer = await ask(form.getAttribute("action") + "/near", { method: "POST", body: new URLSearchParams(bodyOf(form)) });
      const said = answer.headers.get("content-type") === "application/json" ? (await answer.json()).said : "";
      if (answer.status < 300 && field.isConnected && field.value.trim() === words) hint(form, said, field);
    } catch (e) { /* a hint is not needed */ }
  }

  function hint(form, said, field) {
    let line = form && form.querySelector(".near");
    if (!field) thought = "";
    if (!line && !said) return;
    if (!line) {
      line = document.createElement("p");
      line.className = "near";
      line.setAttribute("role", "status");
      field.parentNode.append(line);
    }
    line.textContent = said;
    line.hidden = !said;
    if (said) line.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("input", (event) => {
    const field = event.target, form = field.form;
    if (field.dataset.limit) measure(field);
    if (form && "hints" in form.dataset) ponder(form, field);
    document.querySelectorAll("[data-left]").forEach(reckon);
    if (!form || form.id !== "entry" || !draftOf(form)) return;
    if (typed(form)) kept.set(draftOf(form), fieldsOf(form));
    else kept.drop(draftOf(form));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    switching = button.hasAttribute("formaction");
    if (button.dataset.by) {
      const field = button.parentNode.querySelector("input");
      const value = Math.min(+field.max, Math.max(0, (+field.value || 0) + +button.dataset.by));
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (button.id === "go") refresh(true);
  });

  /* Without a connection a link would lead to the browser's own page, and not back. */
  document.addEventListener("click", async (event) => {
    const link = event.target.closest('a[href^="/w/"]');
    if (!link || !page.follow || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    try {
      await ask(page.follow + "/pulse", { cache: "no-cache" });
      location.assign(link.href);
    } catch (e) { say(page.away, true, true); }
  });

  /* A rehearsal was thrown away, if this is one: what was typed is shown for copying. */
  const over = async () => page.end && (await import(page.end)).over(box);

  function back() {
    if (page.away && byId("said").textContent === page.away) say("");
  }

  /* --- sending --- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (/\/leave$/.test(form.getAttribute("action"))) kept.forget();
    if (form.id !== "entry" || form.dataset.draft === undefined || switching || !page.follow) return;
    event.preventDefault();
    const seed = form.elements._key.value.split("-")[0], body = bodyOf(form);
    if (!box.some((one) => one.body === body && one.key.startsWith(seed))) {
      box.push({ to: form.getAttribute("action"), body: body, key: seed + "-" + count, draft: draftOf(form) });
      count += 1;
      kept.set(outbox(), box);
    }
    say(page.kept, true);
    wait = 500;
    send();
  });

  async function send() {
    clearTimeout(timer);
    if (busy || !box.length) return;
    busy = true;
    const one = box[0];
    let answer = null, text = "";
    try {
      answer = await ask(one.to, { method: "POST", body: new URLSearchParams(one.body + "&_key=" + one.key) }, page.sheet);
      text = await answer.text();
    } catch (e) { answer = null; }
    busy = false;
    const news = answer && answer.headers.get("sedyanka");
    /* No word of ours (a hotel's sign-in page), a failing server, "wait a little": try again. */
    if (!news || answer.status >= 500 || answer.status === 429) {
      say(page.again, true, true);
      wait = Math.min(10000, wait * 2);
      timer = setTimeout(send, wait + Math.random() * 350);
      return;
    }
    if (answer.status === 404 && await over()) return;
    box.shift();
    kept.set(outbox(), box);
    const form = byId("entry"), newer = typed(form) && bodyOf(form) !== one.body;
    if (!newer) {
      if (news === "received") kept.drop(one.draft);
      show(text);
    } else {
      /* Somebody writes the next thing already: say what became of the last one, change nothing. */
      const page = new DOMParser().parseFromString(text, "text/html");
      const why = page.querySelector("#errors ul") || page.querySelector("h1");
      const words = [...new URLSearchParams(one.body).values()].filter((value) => value.length > 2).join(" · ");
      if (news === "received") say(page.getElementById("said").textContent);
      else say((why ? why.textContent : "") + " " + words, true, true);
    }
    send();
  }

  function ask(address, how, sheet) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20000);
    return fetch(address, Object.assign({ signal: stop.signal, credentials: "same-origin", headers: { "X-Sedyanka": sheet ? "script " + sheet : "script" } }, how));
  }

  /* --- following the room --- */
  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if ("part" in fresh.body.dataset) { merge(fresh); return; }
    if (!fresh.getElementById("main")) return;
    const same = fresh.body.dataset.place === page.place && !byId("entry");
    const inside = byId("main").contains(document.activeElement);
    /* What somebody unfolded to read stays so. */
    const unfolded = [...document.querySelectorAll("#main details")].map((one) => one.open);
    byId("main").replaceWith(fresh.getElementById("main"));
    const folds = document.querySelectorAll("#main details");
    if (same && folds.length === unfolded.length) folds.forEach((one, place) => { one.open = unfolded[place]; });
    document.querySelector("header").replaceWith(fresh.querySelector("header"));
    for (const style of fresh.querySelectorAll("link[rel=stylesheet]")) {
      if (!document.querySelector('link[href="' + style.getAttribute("href") + '"]')) document.head.append(style);
    }
    const news = fresh.body.dataset;
    document.querySelector("footer").replaceWith(fresh.querySelector("footer"));
    /* The answer to a script does not repeat our sentences; who is out keeps none. */
    if (!news.follow) for (const name of Object.keys(page)) delete page[name];
    delete page.sheet;
    Object.assign(page, news);
    document.title = fresh.title;
    root.lang = fresh.documentElement.lang;
    say(fresh.getElementById("said").textContent);
    if (byId("moved")) byId("moved").remove();
    tidy();
    prepare();
    if (!same) begun(inside);
  }

  function begun(inside) {
    const start = byId("errors") || byId("main").querySelector("h1");
    if (inside && start) start.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /* The form stays, ready for the next entry; only what was received is new. */
  function merge(fresh) {
    const main = byId("main"), form = byId("entry"), inside = main.contains(document.activeElement);
    if (form && !("keep" in fresh.body.dataset)) form.reset();
    for (const part of ["nav.steps", "section.own"]) {
      const old = main.querySelector(part), now = fresh.querySelector(part);
      if (old && now) old.replaceWith(now);
      else if (now) main.append(now);
    }
    say(fresh.getElementById("said").textContent);
    if (byId("moved")) byId("moved").remove();
    begin();
    begun(inside);
  }

  /* A reload must show where the room is, not repeat what was said about the last entry. */
  function tidy() {
    if (!page.follow) return;
    const old = /[?&](received|withdrawn|joined)=/.test(location.search);
    if (old || /^\/(s\/|language)/.test(location.pathname.slice(page.follow.length))) history.replaceState(null, "", page.follow);
  }

  const held = () => busy || box.length || typed(byId("entry")) || document.querySelector("[data-hold]");

  async function refresh(wanted) {
    if (!wanted && held()) {
      offer();
      return;
    }
    try {
      const answer = await ask(page.follow, {});
      const text = await answer.text();
      if (answer.headers.get("sedyanka") === "page") show(text);
    } catch (e) {
      asked = 0;
      if (wanted) say(page.away, false, true);
    }
  }

  /* What waited may have been let through: only the list of what was sent is drawn anew. */
  async function renew() {
    try {
      const answer = await ask(page.follow, {}), text = await answer.text(), place = page.place;
      if (answer.headers.get("sedyanka") !== "page") return;
      const fresh = new DOMParser().parseFromString(text, "text/html");
      const old = document.querySelector("section.own"), now = fresh.querySelector("section.own");
      if (fresh.body.dataset.place !== place || !old || !now) return;
      old.replaceWith(now);
      page.shape = fresh.body.dataset.shape;
    } catch (e) { /* the next change tells it as well */ }
  }

  function offer() {
    if (byId("moved")) return;
    const bar = document.createElement("div");
    bar.id = "moved";
    bar.setAttribute("role", "status");
    const words = document.createElement("span"), button = document.createElement("button");
    words.textContent = page.moved;
    button.id = "go";
    button.textContent = page.go;
    bar.append(words, button);
    byId("main").before(bar);
  }

  /* The server says where the room is; all phones hear it at once and must not all come at once. */
  function heard(news) {
    const line = byId("clock");
    /* What a poll brings may be an old answer kept by the browser: its clock is not believed. */
    if (line && news.shape > Math.max(timed, page.shape)) {
      timed = news.shape;
      line.innerHTML = news.clock || "";
      tick();
      /* The last call stays in sight, but over no field somebody writes in. */
      if (line.querySelector(".last") && document.activeElement.form) document.activeElement.scrollIntoView({ block: "nearest" });
    }
    /* Somebody sits elsewhere now: only that is new on their page, what they write goes on. */
    const seat = byId("table");
    if (seat && news.table !== undefined && news.shape > page.shape && seat.innerHTML !== news.table) seat.innerHTML = news.table;
    const result = document.querySelector(".block, .prose") && String(news.shape) !== page.shape;
    if (news.place === page.place && !result) {
      if (byId("moved")) byId("moved").remove();
      if (document.querySelector(".waits") && String(news.shape) !== page.shape) setTimeout(renew, Math.random() * 4000);
      return;
    }
    if (asked >= news.shape) return;
    asked = news.shape;
    if (news.page) {
      if (held()) offer();
      else show(news.page);
      return;
    }
    setTimeout(refresh, Math.random() * (news.place === page.place ? 4000 : news.spread));
  }

  async function look() {
    if (!page.follow) return;
    try {
      const answer = await ask(page.follow + "/pulse", { cache: "no-cache" });
      if (answer.headers.get("content-type") === "application/json") {
        back();
        heard(await answer.json());
      } else if (answer.status === 404) over();
    } catch (e) { /* asked again soon */ }
  }

  function polling(on) {
    if (on && poll) return;
    clearTimeout(poll);
    poll = on ? setTimeout(() => { poll = 0; if (!document.hidden) look(); polling(true); }, 3000 + Math.random() * 2000) : 0;
  }

  function follow() {
    if (!window.EventSource) { polling(true); return; }
    if (stream) stream.close();
    stream = new EventSource(page.follow + "/events?shape=" + page.shape);
    stream.addEventListener("beat", alive);
    stream.onmessage = (event) => { alive(); heard(JSON.parse(event.data)); };
    stream.onerror = () => polling(true);
    polling(true);
  }

  /* Some proxies hold a stream back without a word: only what is heard proves that it flows. */
  function alive() {
    back();
    polling(false);
    clearTimeout(silence);
    silence = setTimeout(() => polling(true), 40000);
  }

  function awake() {
    if (document.hidden || !page.follow) return;
    if (!stream || stream.readyState === 2) follow();
    asked = 0;
    look();
    wait = 500;
    send();
  }

  /* What was begun in another part of the stage is shown there; here it would look lost. */
  function rejoin() {
    const here = draftOf(byId("entry")), stage = here.slice(0, here.indexOf(".") + 1);
    if (!stage || location.search || kept.get(here)) return;
    const begun = kept.names(stage)[0];
    if (begun) location.replace(page.follow + "?step=" + encodeURIComponent(begun.slice(stage.length)));
  }

  prepare();
  if (!page.follow) return;
  setInterval(tick, 1000);
  tidy();
  rejoin();
  box = kept.get(outbox()) || [];
  send();
  follow();
  document.addEventListener("visibilitychange", awake);
  addEventListener("pageshow", (event) => { if (event.persisted) awake(); });
  addEventListener("online", awake);
})();
