// keys.js: which key acts, and which is left to others.

import { handleKey, KEYS } from "../keys.js";
import { equal, ok, test } from "./harness.js";

/** What a key did to a stand-in: which methods, and whether the key was taken. */
function pressed(/** @type {string} */ key, { target = document.createElement("canvas"), init = {}, prevented = false, there = {}, view = /** @type {string|null} */ ("fit") } = {}) {
  /** @type {string[]} */
  const did = [];
  const note = (/** @type {string} */ name) => (/** @type {unknown[]} */ ...values) => { did.push([name, ...values].join(" ")); return undefined; };
  const host = { running: false, play: note("play"), pause: note("pause"), step: note("step"), reset: note("reset"), look: note("look"), getAttribute: () => null, setAttribute: note("switch on") };
  const toolbar = { draw: { click: note("draw") }, slider: { nudge: note("nudge") }, toggle: { click: note("switch") }, more: { focus: note("focus") }, panel: { hidden: true, isConnected: true }, open: note("open"), ...there };
  const windows = { numbers: note("numbers"), help: note("help"), fullScreen: note("full") };
  const figure = document.createElement("figure");
  if (view !== null) figure.dataset.view = view;
  figure.append(target);
  document.body.append(figure);
  let taken = false;
  target.addEventListener("keydown", (event) => {
    if (prevented) event.preventDefault();
    handleKey(event, { host, parts: { toolbar, figures: [{ view: "fit" }] }, windows }, (work) => work());
    taken = event.defaultPrevented;
  });
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
  return [did.join(", "), taken];
}

/** A control by its tag. @param {string} tag @param {string} [type] */
const control = (tag, type) => Object.assign(document.createElement(tag), type ? { type } : {}, tag === "a" ? { href: "#" } : {});

test("every key does what the list says", () => {
  const acts = { " ": "play", ".": "step", 0: "reset", n: "draw", "-": "nudge -1", "+": "nudge 1", "=": "nudge 1", g: "switch", ArrowLeft: "look fit -1", ArrowRight: "look fit 1",
    Escape: "look fit 0", t: "numbers fit", m: "open true", h: "switch on hide-values ", p: "switch on performance ", "?": "help" };
  for (const [key, act] of Object.entries(acts)) equal(pressed(key), [act, true], key);
  const tried = new Set([...Object.keys(acts), "f"]);
  for (const { keys, shown, words } of KEYS) ok(keys.every((key) => tried.has(key)) && shown.length > 0 && words, `${keys} is tried and explained`);
});

test("without a focused chart the arrows move the cursor of the first, and train no step", () => {
  equal(pressed("ArrowRight", { view: null }), ["look fit 1", true]);
  equal(pressed("ArrowLeft", { view: null }), ["look fit -1", true]);
});

test("a capital letter is the same key", () => equal(pressed("N"), ["draw", true]));

test("no key stands for two things", () => {
  const all = KEYS.flatMap(({ keys }) => keys);
  equal(all.length, new Set(all).size);
});

test("other keys are left alone", () => {
  for (const key of ["z", "Enter", "Tab", "F5", "Dead", "", "\u00e4", "__proto__", "constructor"]) equal(pressed(key), ["", false], key);
});

test("keys with a modifier, and those that are taken, are left alone", () => {
  for (const init of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) equal(pressed("n", { init }), ["", false]);
  equal(pressed("n", { prevented: true }), ["", true]);
});

test("a control keeps the keys it uses itself", () => {
  const [slider, button, link, field] = [() => control("input", "range"), () => control("button"), () => control("a"), () => control("input", "text")];
  for (const key of ["ArrowLeft", "ArrowRight", "PageUp", "Home", "End"]) equal(pressed(key, { target: slider() }), ["", false], key);
  equal(pressed("n", { target: slider() }), ["draw", true], "a letter means nothing to a slider");
  for (const key of [" ", "Enter"]) for (const target of [button(), link()]) equal(pressed(key, { target }), ["", false], key);
  equal(pressed("n", { target: button() }), ["draw", true]);
  for (const key of ["0", "n", ".", " ", "?", "ArrowLeft"]) {
    for (const target of [field(), control("select"), control("textarea")]) equal(pressed(key, { target }), ["", false], key);
  }
});

test("a key whose part is not there does nothing", () => {
  equal(pressed("n", { there: { draw: null } }), ["", false]);
  equal(pressed("-", { there: { slider: null } }), ["", false]);
  equal(pressed("g", { there: { toggle: null } }), ["", false]);
  equal(pressed("m", { there: { panel: { hidden: true, isConnected: false } } }), ["", false]);
});

test("escape closes More first, also in a field", () => {
  const there = { panel: { hidden: false, isConnected: true } };
  for (const target of [control("canvas"), control("input", "text")]) equal(pressed("Escape", { target, there })[0], "open false, focus");
});
