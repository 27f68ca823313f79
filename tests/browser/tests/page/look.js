// What must hold of whatever an exhibit shows. What does not is a sentence.

/** What no words on a page are made of. Rust writes an infinity as `inf`. */
const WORDLESS = /\bNaN\b|\binf\b|Infinity|undefined|\[object/;

/** @param {string} text */
export const isSentence = (text) => /^\S.*[.!?]$/s.test(text.trim());

/**
 * What is wrong with some words, if anything.
 * @param {string} where
 * @param {string} text
 */
export function misspelt(where, text) {
  const at = text.search(WORDLESS);
  return at < 0 ? [] : [`${where} says \u201c${text.slice(Math.max(0, at - 80), at + 80)}\u201d`];
}

/** All words below a root, shown and spoken, open or folded away. @param {ShadowRoot|Element} root */
export function misspeltBelow(root) {
  const wrong = [];
  for (const part of root.querySelectorAll("*")) {
    const own = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(" ");
    if (!["STYLE", "SCRIPT"].includes(part.tagName)) wrong.push(...misspelt(part.localName, own));
    for (const name of ["aria-label", "aria-valuetext", "title", "placeholder"]) {
      wrong.push(...misspelt(`${name} of ${part.localName}`, part.getAttribute(name) ?? ""));
    }
    if (part.localName === "input" || part.localName === "textarea") wrong.push(...misspelt(part.localName, part.value));
  }
  return wrong;
}

/** Readings, words and ledger of an element. */
export function faults(element) {
  const root = element.shadowRoot;
  const wrong = misspeltBelow(root);
  const alert = root.querySelector("[role=alert]");
  // After a panic nothing can be asked any more.
  if (!alert.hidden && /engine stopped/i.test(alert.textContent)) return [...wrong, alert.textContent];
  for (const [name, value] of Object.entries(element.readings)) {
    // Not a number is a reading that has no value yet: the page shows a dash.
    if (Math.abs(value) === Infinity) wrong.push(`the reading ${name} is ${value}`);
  }
  const end = root.querySelector(".end")?.textContent ?? "";
  if (end && !isSentence(end)) wrong.push(`it ended without a sentence: ${end}`);
  wrong.push(...misspelt("the caption", element.caption), ...misspelt("the description", element.description));
  for (const { name, shows, reason, evidence } of element.ledger) {
    const marks = [...(evidence?.thresholds ?? []), ...(evidence?.values ?? [])];
    const said = [...shows.map(({ text }) => text), reason, ...marks.map(({ words }) => words)].join(" ");
    wrong.push(...misspelt(`the claim ${name}`, said));
    // Numbers that are not finite cross the border as null.
    if (marks.some(({ at }) => !Number.isFinite(at))) wrong.push(`a mark of the claim ${name} is nowhere`);
  }
  return wrong;
}
