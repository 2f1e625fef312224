// Cards of the sorting board are ticked, or dragged with a mouse onto each other or another shelf.
// What is ticked is told whole, with its moment: the server's answer to an earlier tick, which it
// may give after a later one, does not take that one back.
const CARD = "st-key-card-", SHELF = "st-key-shelf-", FAR = 8;
let ticked = new Set(), at = 0;

export default function ({ data, setTriggerValue }) {
  const near = (node, prefix) => node instanceof Element ? node.closest(`[class*="${prefix}"]`) : null;
  const named = (element, prefix) =>
    [...(element?.classList ?? [])].find((one) => one.startsWith(prefix))?.slice(prefix.length) ?? "";
  const id = (element) => named(element, CARD).split("-").pop();
  const ends = new AbortController();
  document.sedyankaDrag?.abort();
  document.sedyankaDrag = ends;
  const boxes = () => [...document.querySelectorAll(`.sed-tick input`)];
  const mark = () => boxes().forEach((one) => { one.checked = ticked.has(id(near(one, CARD))); });
  if ((data?.at ?? 0) >= at) ticked = new Set(data?.picked ?? []);
  mark();
  const grown = new MutationObserver((news) => {
    if (news.some((one) => [...one.addedNodes].some((node) => node.querySelector?.(".sed-tick")))) mark();
  });
  grown.observe(document.body, { childList: true, subtree: true });
  ends.signal.addEventListener("abort", () => grown.disconnect());
  let held = null, from = [0, 0], ghost = null, target = null;

  const aim = (element) => {
    if (element === target) return;
    target?.classList.remove("sed-drop");
    element?.classList.add("sed-drop");
    target = element;
  };
  const under = (event) => {
    const node = document.elementFromPoint(event.clientX, event.clientY);
    const card = near(node, CARD);
    if (card) return card === held ? null : card;
    const shelf = near(node, SHELF);
    return shelf && !shelf.contains(held) ? shelf : null;
  };
  const begin = () => {
    ghost = document.createElement("div");
    ghost.className = "sed-ghost";
    ghost.textContent = held.innerText.split("\n")[0].slice(0, 60);
    document.body.append(ghost);
    document.body.classList.add("sed-dragging");
    getSelection()?.removeAllRanges();
  };
  const end = () => {
    aim(null);
    ghost?.remove();
    document.body.classList.remove("sed-dragging");
    held = ghost = null;
  };
  const hear = (name, act) =>
    document.addEventListener(name, act, { capture: true, signal: ends.signal });

  hear("change", (event) => {
    if (!event.target.matches?.(".sed-tick input")) return;
    const shown = boxes(), named = (on) => shown.filter((one) => one.checked === on).map((one) => id(near(one, CARD)));
    const [on, off] = [named(true), named(false)];
    on.forEach((one) => ticked.add(one));
    off.forEach((one) => ticked.delete(one));
    at = Date.now();
    setTriggerValue("ticked", { on, off, at });
  });
  hear("pointerdown", (event) => {
    held = event.pointerType === "mouse" && event.button === 0 ? near(event.target, CARD) : null;
    from = [event.clientX, event.clientY];
  });
  hear("pointermove", (event) => {
    if (!held) return;
    if (!(event.buttons & 1) || !held.isConnected) return end();
    if (!ghost && Math.hypot(event.clientX - from[0], event.clientY - from[1]) < FAR) return;
    if (!ghost) begin();
    ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    aim(under(event));
    event.preventDefault();
  });
  hear("pointerup", (event) => {
    if (ghost && (target = under(event))) {
      setTriggerValue("dropped", {
        card: id(held), onto: id(target), shelf: named(target, SHELF), at: Date.now(),
      });
    }
    end();
  });
  hear("selectstart", (event) => { if (ghost) event.preventDefault(); });
  hear("pointercancel", end);
  hear("keydown", (event) => {
    if (event.key === "Escape") end();
    // Streamlit's keys are silent in every field; a tick box is none that one types into.
    const plain = !(event.repeat || event.ctrlKey || event.metaKey || event.altKey);
    if (event.code === "KeyZ" && plain && event.target.matches?.(`[class*="${CARD}"] input`)) {
      document.querySelector(".st-key-undo button")?.click();
    }
  });
  return () => { end(); ends.abort(); };
}
