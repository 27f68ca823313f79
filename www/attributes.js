// What the attributes of the element say.

/** Our attributes that say something by their value, and that a page for frames takes as parameters. */
export const WORDS = ["exhibit", "views", "controls", "theme", "lang"];
/** Those that are there or not. */
export const SWITCHES = ["autoplay", "hide-values", "performance"];

/** What only an exhibit in a page of others is told: our own page arranges its exhibits itself. */
const ELSEWHERE = new Set(["views", "controls", "autoplay"]);
/** The switches that our own page takes as parameters as well. */
export const PAGE_SWITCHES = SWITCHES.filter((name) => !ELSEWHERE.has(name));
/** All parameters of our own page; every other one belongs to the run. */
export const PAGE_PARAMETERS = [...WORDS.filter((name) => !ELSEWHERE.has(name)), ...PAGE_SWITCHES];

/** Attributes that are not knobs: ours, and those of every HTML element. */
const NOT_KNOBS = new Set([
  ...WORDS, ...SWITCHES, "run",
  "id", "class", "style", "slot", "part", "hidden", "tabindex", "title", "role", "dir", "is", "inert",
  "translate", "draggable", "spellcheck", "popover", "nonce", "itemprop", "itemscope", "itemtype",
]);

/**
 * The parameters of an address, also where a page generator wrote `&amp;` between them.
 * @param {string} query
 */
export const parametersOf = (query) => new URLSearchParams(query.replace(/&(amp;)+/gi, "&"));

/**
 * A name of ours in an address, without the rest of the sentence that the address stood
 * in, and in lower case; what then is no name of ours stays as it is.
 * @param {string|null} text
 */
export function wordOf(text) {
  const word = (text ?? "").toLowerCase().replace(/[\s.,;:!?)\]'"\u2026\u2019\u201d\u00bb]+$/, "");
  return /^[a-z][a-z0-9-]{0,29}$/.test(word) ? word : text;
}

/** What says no to a switch. A framework writes `autoplay="false"` where it means none. */
const OFF = new Set(["0", "false", "off", "no"]);

/** @param {string|null|undefined} value of a switch, such as `autoplay`; null without it */
export const isYes = (value) => value != null && !OFF.has(value.trim().toLowerCase());

/**
 * Whether a switch is on: it is there, and does not say no.
 * @param {Element} element
 * @param {string} name
 */
export const isOn = (element, name) => isYes(element.getAttribute(name));

/**
 * Turns a switch on or off, whichever it is not.
 * @param {Element} element
 * @param {string} name
 */
export function flip(element, name) {
  if (isOn(element, name)) element.removeAttribute(name);
  else element.setAttribute(name, "");
}

/** @param {string} name */
export function mayBeKnob(name) {
  return /^[a-z][a-z0-9.-]*$/.test(name) && !NOT_KNOBS.has(name) && !/^(data-|aria-|on)/.test(name);
}

/**
 * A list of words, or null when the attribute is absent. `none` is the empty list.
 * @param {Element} element
 * @param {string} name
 * @returns {string[]|null}
 */
export function wordsOf(element, name) {
  const text = element.getAttribute(name);
  if (text === null) return null;
  return text.split(/[\s,]+/).filter((word) => word && word !== "none");
}

/**
 * The query that opens the exhibit: a run from a link, over knobs by attribute.
 * @param {Element} element
 */
export function queryOf(element) {
  const query = new URLSearchParams();
  for (const { name, value } of element.attributes) {
    if (mayBeKnob(name)) query.set(name, value);
  }
  for (const [name, value] of new URLSearchParams(element.getAttribute("run") ?? "")) query.set(name, value);
  // The attribute decides on the exhibit, also against a link that names one.
  query.delete("exhibit");
  return query;
}
