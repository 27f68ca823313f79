// The keyboard, defined once: this table feeds the listener and the list that
// `?` shows.

import { flip } from "./attributes.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { Parts } from "./parts.js" */

/**
 * @typedef {object} Place where a key was pressed
 * @property {NtkPlayground} host
 * @property {Parts} parts
 * @property {string} key
 * @property {string} view the chart that has the focus, or an empty string
 * @property {import("./exports.js").Windows} windows what opens over the page
 * @property {() => Promise<PointsHost|null>} points
 *
 * @typedef {object} PointsHost what edits the training points of an exhibit
 * @property {string} knob the one that takes points
 * @property {import("./figure.js").Figure} figure the picture that draws them
 * @property {boolean} editing
 * @property {<T>(work: (p: import("./wasm.js").FullPlayground) => T) => T} ask
 * @property {<T>(work: (p: import("./wasm.js").FullPlayground) => T) => T} change
 * @property {() => import("./ntk_playground.js").Style} style
 * @property {(editor: import("./point-editor.js").PointEditor) => void} begin
 * @property {() => void} end
 *
 * @typedef {object} Key
 * @property {string[]} keys as `KeyboardEvent.key` names them
 * @property {string[]} shown what is printed on them
 * @property {string} words
 * @property {(place: Place) => unknown} act
 * @property {(place: Place) => boolean} [there] whether this exhibit has what it acts on
 * @property {(place: Place) => boolean} [applies] whether it does anything where the focus is
 */

/** @type {Key[]} */
export const KEYS = [
  { keys: [" "], shown: ["space"], words: "play or pause", act: ({ host }) => (host.running ? host.pause() : host.play()) },
  { keys: ["."], shown: ["."], words: "one step", act: ({ host }) => host.step() },
  { keys: ["0"], shown: ["0"], words: "back to step 0, same settings", act: ({ host }) => host.reset() },
  {
    keys: ["n"], shown: ["N"], words: "new data",
    there: ({ parts }) => parts.toolbar.draw !== null,
    act: ({ parts }) => parts.toolbar.draw?.click(),
  },
  {
    // `=` is the plus without its shift.
    keys: ["-", "+", "="], shown: ["\u2212", "+"], words: "move the first slider down or up",
    there: ({ parts }) => parts.toolbar.slider !== null,
    act: ({ parts, key }) => parts.toolbar.slider?.nudge(key === "-" ? -1 : 1),
  },
  {
    keys: ["g"], shown: ["G"], words: "toggle the switch",
    there: ({ parts }) => parts.toolbar.toggle !== null,
    act: ({ parts }) => parts.toolbar.toggle?.click(),
  },
  {
    keys: ["ArrowLeft", "ArrowRight"], shown: ["\u2190", "\u2192"], words: "move the cursor in the focused chart, else in the first",
    act: ({ host, parts, view, key }) => host.look(view || (parts.figures[0]?.view ?? ""), key === "ArrowLeft" ? -1 : 1),
  },
  { keys: ["Escape"], shown: ["esc"], words: "clear the cursor", applies: ({ view }) => view !== "", act: ({ host, view }) => host.look(view, 0) },
  { keys: ["t"], shown: ["T"], words: "numbers of the focused chart as a table", act: ({ windows, view }) => windows.numbers(view) },
  { keys: ["m"], shown: ["M"], words: "more controls", there: ({ parts }) => parts.toolbar.panel.isConnected, act: ({ parts }) => parts.toolbar.open(Boolean(parts.toolbar.panel.hidden)) },
  { keys: ["h"], shown: ["H"], words: "hide or show the values", act: ({ host }) => flip(host, "hide-values") },
  { keys: ["p"], shown: ["P"], words: "toggle the performance panel", act: ({ host }) => flip(host, "performance") },
  { keys: ["f"], shown: ["F"], words: "full screen", there: () => document.fullscreenEnabled, act: ({ windows }) => windows.fullScreen() },
  { keys: ["?"], shown: ["?"], words: "this list", act: ({ windows }) => windows.help() },
];

/**
 * Whether a control uses a key itself: then it is never taken from it.
 * @param {Element} target
 * @param {string} key
 */
function uses(target, key) {
  if (key === "Tab") return false;
  if (target.matches("input[type=range]")) return /^(Arrow|Page|Home|End)/.test(key);
  if (target.matches("[role=radio]") && /^(Arrow|Home|End)/.test(key)) return true;
  if (target.matches("button, a, summary")) return key === " " || key === "Enter";
  return target.matches("input, select, textarea") || target.closest("dialog") !== null;
}

/**
 * Keeps the keys that an exhibit or one of its controls uses from the page around
 * it: a deck turns its slides by arrows and the space bar, a notebook adds cells by
 * letters. Every other key passes, and so does whatever is pressed with Ctrl or Alt.
 * @param {KeyboardEvent} event
 */
export function keepKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.composedPath()[0];
  if (event.defaultPrevented || (target instanceof Element && uses(target, event.key))) event.stopPropagation();
}

/**
 * @param {KeyboardEvent} event
 * @param {Omit<Place, "key"|"view">} at
 * @param {(work: () => unknown) => void} attempt shows an error as a sentence
 */
export function handleKey(event, at, attempt) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const { toolbar } = at.parts;
  if (event.key === "Escape" && !toolbar.panel.hidden) {
    toolbar.open(false);
    toolbar.more.focus();
    event.preventDefault();
    return;
  }
  const target = /** @type {Element} */ (event.target);
  if (uses(target, event.key)) return;
  const place = { ...at, key: event.key, view: target.closest("[data-view]")?.getAttribute("data-view") ?? "" };
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const key = KEYS.find(({ keys }) => keys.includes(pressed));
  if (!key || key.there?.(place) === false || key.applies?.(place) === false) return;
  event.preventDefault();
  attempt(() => key.act(place));
}
