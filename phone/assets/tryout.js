/* Tells our server what this browser finds on the way to it: whether a stream comes through piece
   by piece, what its clock says and, on the staff's page, whether a websocket opens. */
(function () {
  "use strict";
  const told = document.body.dataset;
  const found = new URLSearchParams();

  function stream(done) {
    const line = new EventSource(told.stream);
    const pieces = [];
    const timer = setTimeout(end, 8000);
    function end() {
      if (!done) return;
      clearTimeout(timer);
      line.close();
      found.set("gap", pieces.length > 1 ? (pieces[1] - pieces[0]) / 1000 : -1);
      const next = done;
      done = null;
      next();
    }
    line.onmessage = () => { if (pieces.push(performance.now()) > 1) end(); };
    line.onerror = end;
  }

  function socket(done) {
    if (!told.socket) { done(); return; }
    const begun = performance.now();
    const line = new WebSocket(location.origin.replace(/^http/, "ws") + told.socket, ["streamlit"]);
    const timer = setTimeout(() => end(-1), 5000);
    function end(seconds) {
      if (!done) return;
      clearTimeout(timer);
      found.set("socket", seconds);
      line.close();
      const next = done;
      done = null;
      next();
    }
    line.onopen = () => end((performance.now() - begun) / 1000);
    line.onerror = () => end(-1);
  }

  stream(() => socket(() => {
    found.set("clock", Date.now());
    fetch(told.tell, { method: "POST", body: found }).catch(() => { /* then the server hears nothing */ });
  }));
})();
