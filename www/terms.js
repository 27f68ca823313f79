// What a term means opens beside the word that names it.

/** Distance from the word and from the edges of the screen, in CSS pixels. */
const GAP = 8;
const EDGE = 20;

/** @param {HTMLElement} meaning @param {HTMLElement} word */
function place(meaning, word) {
  const at = word.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = meaning;
  const left = Math.max(EDGE, Math.min(at.left, document.documentElement.clientWidth - EDGE - width));
  const isBelow = at.bottom + GAP + height <= innerHeight || at.top < height + GAP;
  meaning.style.setProperty("left", `${left}px`);
  meaning.style.setProperty("top", `${isBelow ? at.bottom + GAP : at.top - GAP - height}px`);
}

export function placeMeanings() {
  /** @type {HTMLElement|null} */
  let word = null;
  const close = () => /** @type {HTMLElement|null} */ (document.querySelector(".meaning:popover-open"))?.hidePopover();
  const hasWindows = "popover" in HTMLElement.prototype;
  addEventListener("click", ({ target }) => {
    word = /** @type {Element} */ (target).closest?.(".term") ?? null;
    if (!word || hasWindows) return;
    document.getElementById(word.getAttribute("popovertarget") ?? "")?.scrollIntoView();
  }, { capture: true });
  if (!hasWindows) return;
  for (const meaning of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".meaning"))) {
    meaning.addEventListener("toggle", () => {
      if (word && meaning.matches(":popover-open")) place(meaning, word);
    });
  }
  // It belongs to its word, which moves away.
  addEventListener("scroll", close, { passive: true });
}
