// Keys, the claim one is at, and what follows a decision. Everything here also works without it, by links and forms.

const FIELDS = "input, select, textarea, [contenteditable]";
const notice = document.getElementById("notice");
const cards = () => [...document.querySelectorAll(".card")];
const current = () => document.querySelector(".card.now");

/** Makes a card the current one: it gets focus, and its words in the text are shown and outlined. */
function goTo(card, { focus = true, text = true } = {}) {
  if (!card) return;
  for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
  card.classList.add("now");
  const marks = [...document.querySelectorAll("mark[data-claims]")].filter((mark) => holds(mark, card.dataset.claim));
  for (const mark of marks) mark.classList.add("now");
  if (text && marks.length) marks[0].scrollIntoView({ block: "center" });
  if (focus) card.focus({ preventScroll: false });
}

const holds = (mark, claim) => mark.dataset.claims.split(" ").includes(claim);

/** Moves to the next (1) or previous (-1) card; from nowhere, to the first or the last. */
function step(by) {
  const all = cards();
  const at = all.indexOf(current());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  goTo(all[next]);
}

/** Finds what a key clicks: within the current card, else within the page if no list of cards is there. */
function target(key) {
  const find = (root) => root?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const within = find(current());
  if (within) return within;
  return [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((found) => !found.closest(".card"));
}

function press(found) {
  if (found.matches("input")) {
    found.focus();
    found.select();
  } else if (found.matches("summary")) {
    found.parentElement.open = true;
    found.parentElement.querySelector("input:not([type=hidden])")?.focus();
  } else {
    found.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(FIELDS)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.body.dataset.keys === "off") return;
  const found = target(event.key);
  if (!found) return;
  event.preventDefault();
  press(found);
});

document.addEventListener("click", (event) => {
  const stepper = event.target.closest("[data-step]");
  if (stepper) step(Number(stepper.dataset.step));
  const mark = event.target.closest("mark[data-claims]");
  if (mark) {
    event.preventDefault();
    const ids = mark.dataset.claims.split(" ");
    // Another click on the same words goes to the next claim that lies over them.
    const at = ids.indexOf(current()?.dataset.claim);
    goTo(document.getElementById(`card-${ids[(at + ids.length - 1 + (at < 0 ? 1 : 0)) % ids.length]}`), { text: false });
  }
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card && card !== current()) goTo(card, { focus: false, text: false });
});

// A decision answers with the claim's new card. It is told to those who cannot see it, and the next claim follows.
document.addEventListener("htmx:after:swap", () => {
  const done = document.querySelector(".card[data-told]");
  if (!done) return;
  notice.textContent = done.dataset.told;
  delete done.dataset.told;
  for (const mark of document.querySelectorAll("mark[data-claims]")) {
    if (!holds(mark, done.dataset.claim)) continue;
    mark.classList.remove("undecided", "accepted", "corrected", "rejected");
    mark.classList.add([...done.classList].find((name) => name !== "card" && name !== "now"));
  }
  const all = cards();
  const next = all[all.indexOf(done) + 1];
  goTo(done.classList.contains("undecided") || !next ? done : next);
});

/** Opens the page where its address points: at a claim's words, its card, or the form that corrects it. */
function arrive() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  if (id === "correct") {
    press(document.querySelector("#correct summary"));
    return;
  }
  goTo(document.getElementById(id.startsWith("card-") ? id : `card-${id}`));
}
window.addEventListener("hashchange", arrive);
// After the browser's own jump to the fragment, which takes the focus away again.
window.addEventListener("load", () => setTimeout(arrive));
