/* A rehearsal is thrown away while phones still show it: what was typed can be copied. Fetched only
   then; it answers whether that is what happened. */
const page = document.body.dataset;
const make = (name, words, more) => Object.assign(document.createElement(name), { textContent: words }, more);

export async function over(box) {
  if (!page.over) return false;
  try {
    const answer = await fetch(page.follow, { headers: { "X-Sedyanka": "script" } });
    if (answer.status !== 404 || !answer.headers.get("sedyanka")) return false;
  } catch (e) { return false; }
  if (!page.over) return true;
  const fields = [...document.querySelectorAll("#entry textarea, #entry [type=text]")].map((field) => field.value);
  const sent = box.flatMap((one) => [...new URLSearchParams(one.body).values()]).filter((value) => /\s/.test(value));
  const words = new Set([...fields, ...sent].map((value) => value.trim()).filter(Boolean));
  const heading = make("h1", page.over, { tabIndex: -1 }), section = make("section", "", { className: "kept" });
  if (words.size) section.append(make("h2", page.copy));
  words.forEach((one) => section.append(make("p", one, { className: "words", dir: "auto" })));
  document.getElementById("main").replaceChildren(heading, section);
  document.querySelector("footer").textContent = "";
  document.querySelectorAll("#languages, #moved").forEach((one) => one.remove());
  const said = document.getElementById("said");
  said.textContent = said.className = "";
  try { localStorage.removeItem("out:" + page.follow); } catch (e) { /* then it was never kept */ }
  box.length = 0;
  for (const name of Object.keys(page)) delete page[name];
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  return true;
}
