/* Nobody remembers what lies in pile 4: each is told by the first card put there. Fetched only where
   cards are sorted into piles. */

export function begin() {
  const cards = [...document.querySelectorAll("select[data-pile]")], first = {};
  for (const card of cards) {
    if (card.value && !first[card.value]) first[card.value] = card.labels[0].textContent.trim();
  }
  for (const choice of cards.flatMap((card) => [...card.options])) {
    const name = choice.dataset.name = choice.dataset.name || choice.textContent, words = first[choice.value];
    choice.textContent = words ? name + " · " + words.slice(0, 40) + (words.length > 40 ? "…" : "") : name;
  }
}

document.addEventListener("input", (event) => { if ("pile" in event.target.dataset) begin(); });
