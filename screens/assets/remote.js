/* Keeps the remote at where the room is; without this file there is a link for that. */
(function () {
  "use strict";
  const place = () => document.getElementById("remote");
  let heardAt = Date.now(), busy = false;
  document.documentElement.classList.add("js");

  function lost() {
    const at = new Date(heardAt), line = document.getElementById("lost");
    const time = String(at.getHours()).padStart(2, "0") + ":" + String(at.getMinutes()).padStart(2, "0");
    document.body.classList.add("stale");
    if (!line.textContent) line.textContent = line.dataset.words.replace("{time}", time);
  }

  function alive() {
    heardAt = Date.now();
    document.body.classList.remove("stale");
    document.getElementById("lost").textContent = "";
  }

  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("remote");
    if (!fresh) { location.reload(); return; }
    const old = place(), keys = (one) => [...one.querySelectorAll("[name=key]")].map((field) => field.value).join();
    const held = document.activeElement && document.activeElement.closest("form") ? document.activeElement.closest("form").className : "";
    const moved = keys(old) !== keys(fresh);
    const said = document.getElementById("now"), news = fresh.querySelector(".now").textContent;
    old.replaceWith(fresh);
    document.querySelector("h1").textContent = fresh.dataset.title;
    if (said.textContent !== news) said.textContent = news;
    if (held && fresh.querySelector("form." + held + " button")) fresh.querySelector("form." + held + " button").focus();
    if (moved) {
      fresh.classList.add("fresh");
      setTimeout(() => fresh.classList.remove("fresh"), 700);
    }
    tick();
  }

  async function look() {
    if (busy || document.hidden) return;
    busy = true;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 5000);
    try {
      const answer = await fetch(location.pathname + location.search, { signal: stop.signal, cache: "no-store", headers: { "If-None-Match": place().dataset.mark } });
      if (answer.redirected) location.reload();
      else if (answer.status === 304) alive();
      else if (answer.ok) { const text = await answer.text(); alive(); show(text); }
      else throw new Error(answer.status);
    } catch (e) {
      if (Date.now() - heardAt > 4000) lost();
    }
    clearTimeout(timer);
    busy = false;
  }

  function tick() {
    const time = document.querySelector("b[data-seconds]");
    if (!time) return;
    const known = time.dataset, ends = known.ends = known.ends || Date.now() + known.seconds * 1000;
    const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    time.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    if (!left) time.parentNode.classList.add("up");
  }

  tick();
  setInterval(tick, 1000);
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
})();
