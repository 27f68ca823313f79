// Controls made from declarations of knobs. Each has a root, shows its value
// with update(), and reports a choice as text.

import { h, setText } from "./dom.js";
import { Slider } from "./slider.js";

/** @import { ChoiceKind, Knob, KnobState, ListKind } from "./ntk_playground.js" */
/** @import { ToolbarItem } from "./layout.js" */

/**
 * @typedef {object} Control
 * @property {HTMLElement} root
 * @property {string} knob
 * @property {(text: string, state: KnobState|null) => void} update
 * @property {() => void} [measure]
 * @property {Slider} [slider]
 * @property {HTMLButtonElement} [press] what a key presses: a switch, or the button for a fresh seed
 *
 * @typedef {(text: string) => void} Choose takes what the person chose
 */

/** @param {string} text */
const listWords = (text) => text.replaceAll("-", "\u2013");

/**
 * Buttons of which one is chosen.
 * @param {Knob} knob
 * @param {Choose} choose
 * @returns {Control}
 */
function segments(knob, choose) {
  const kind = /** @type {ChoiceKind|ListKind} */ (knob.kind);
  const options = kind.type === "choice"
    ? kind.options.map((option) => ({ ...option }))
    : kind.presets.map((value) => ({ value, label: listWords(value) }));
  const group = h("div", { class: "segments", role: "radiogroup", "aria-label": knob.label, title: knob.help });
  /** @type {{[value: string]: HTMLButtonElement}} */
  const buttons = {};
  const add = (/** @type {string} */ value, /** @type {string} */ label) => {
    buttons[value] = h("button", { type: "button", role: "radio", onclick: () => choose(value) }, label);
    group.append(buttons[value]);
  };
  for (const { value, label } of options) add(value, label);
  group.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!move) return;
    const all = [...group.querySelectorAll("button")];
    const from = all.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const next = all[(from + move + all.length) % all.length];
    next.focus();
    next.click();
    event.preventDefault();
  });
  return {
    knob: knob.name,
    root: group,
    update(text) {
      // A list from a link need not be one of those on offer.
      if (!(text in buttons)) add(text, listWords(text));
      for (const [value, button] of Object.entries(buttons)) {
        const chosen = value === text;
        if (button.getAttribute("aria-checked") === String(chosen)) continue;
        button.setAttribute("aria-checked", String(chosen));
        button.tabIndex = chosen ? 0 : -1;
      }
    },
  };
}

/**
 * @param {Knob} knob
 * @param {ToolbarItem} item
 * @param {Choose} choose
 * @returns {Control}
 */
function toggle(knob, item, choose) {
  const state = h("span", { class: "state", "aria-hidden": "true" });
  /** @type {HTMLButtonElement} */
  const button = h("button", {
    type: "button", class: "switch", role: "switch", "aria-label": knob.label, title: knob.help,
    onclick: () => choose(button.getAttribute("aria-checked") === "true" ? item.off ?? "" : item.on ?? ""),
  }, h("span", { class: "pill" }, h("span", { class: "thumb" })), state);
  const kind = /** @type {ChoiceKind} */ (knob.kind);
  return {
    knob: knob.name,
    root: button,
    press: button,
    update(text) {
      const checked = String(text !== item.off);
      if (button.getAttribute("aria-checked") !== checked) button.setAttribute("aria-checked", checked);
      setText(state, kind.options.find((option) => option.value === text)?.label ?? text);
    },
  };
}

/**
 * A plain field for a whole number or a list.
 * @param {Knob} knob
 * @param {Choose} choose
 * @returns {Control & {root: HTMLInputElement}}
 */
function field(knob, choose) {
  const whole = knob.kind.type === "integer";
  const input = h("input", {
    type: "text", class: "field", inputmode: whole ? "numeric" : null, autocomplete: "off", spellcheck: "false",
    "aria-label": knob.label, title: knob.help,
  });
  let current = "";
  input.addEventListener("change", () => {
    choose(input.value);
    // A refused text goes back to the value that holds.
    input.value = current;
  });
  input.addEventListener("focus", () => input.select());
  return {
    knob: knob.name,
    root: input,
    update(text) {
      if (text === current) return;
      current = text;
      input.value = text;
      input.style.setProperty("--digits", String(Math.max(2, text.length)));
    },
  };
}

/**
 * @param {Knob} knob
 * @param {Choose} choose
 * @returns {Control}
 */
function menu(knob, choose) {
  const kind = /** @type {ChoiceKind} */ (knob.kind);
  const select = h("select", { "aria-label": knob.label, title: knob.help },
    ...kind.options.map((option) => h("option", { value: option.value }, option.label)));
  select.addEventListener("change", () => choose(select.value));
  return {
    knob: knob.name,
    root: select,
    update(text) {
      if (select.value !== text) select.value = text;
    },
  };
}

/**
 * A seed: a button that draws a fresh one, and the number itself.
 * @param {Knob} knob
 * @param {string} action
 * @param {string} label
 * @param {Choose} choose
 * @param {() => number} randomSeed
 * @returns {Control}
 */
function seed(knob, action, label, choose, randomSeed) {
  const number = field(knob, choose);
  const button = h("button", {
    type: "button", class: "outline", title: knob.help, onclick: () => choose(String(randomSeed())),
  }, action);
  return {
    ...number,
    press: button,
    root: h("div", { class: "seed" }, button, h("label", { class: "seed-field" }, h("span", {}, label), number.root)),
  };
}

/**
 * A button that sets the knob to a certain value, and the value it has.
 * @param {Knob} knob
 * @param {string} action
 * @param {Choose} choose
 * @param {() => string} value
 * @returns {Control}
 */
function setter(knob, action, choose, value) {
  const state = h("span", { class: "since" });
  const button = h("button", {
    type: "button", class: "outline", title: knob.help, onclick: () => choose(value()),
  }, action);
  return {
    knob: knob.name,
    root: h("div", { class: "seed" }, button, state),
    update: (text, live) => setText(state, live?.text ?? text),
  };
}

/** @param {Knob} knob */
const hasScale = (knob) =>
  knob.kind.type === "number" || (knob.kind.type === "integer" && knob.kind.ticks.length > 0);

/**
 * A control of the toolbar, with its label above.
 * @param {Knob} knob
 * @param {ToolbarItem} item
 * @param {Choose} choose
 * @param {{randomSeed: () => number, stepCount: () => number}} host
 * @returns {Control}
 */
export function toolbarControl(knob, item, choose, host) {
  const label = item.label ?? knob.label;
  if (!item.as && hasScale(knob)) {
    const slider = new Slider(knob, label, choose);
    return { knob: knob.name, root: slider.root, slider, update: (...now) => slider.update(...now), measure: () => slider.measure() };
  }
  const control = item.as === "seed" ? seed(knob, item.action ?? "New", "seed", choose, host.randomSeed)
    : item.as === "now" ? setter(knob, item.action ?? "Now", choose, () => String(host.stepCount()))
    : item.as === "set" ? setter(knob, item.action ?? "Set", choose, () => item.on ?? knob.default)
    : item.as === "menu" ? menu(knob, choose)
    : item.as === "switch" ? toggle(knob, item, choose)
    : knob.kind.type === "integer" ? field(knob, choose)
    : segments(knob, choose);
  return {
    ...control,
    root: h("div", { class: `group ${item.as ?? knob.kind.type}-group`, "data-knob": knob.name },
      h("div", { class: "head" }, h("span", { class: "label", "aria-hidden": "true" }, label)), control.root),
  };
}

/**
 * A row of More: name left, value right.
 * @param {Knob} knob
 * @param {string|undefined} draw words of the button for a fresh seed, if it is one
 * @param {Choose} choose
 * @param {() => number} randomSeed
 * @returns {Control}
 */
export function rowControl(knob, draw, choose, randomSeed) {
  if (hasScale(knob)) {
    const slider = new Slider(knob, knob.label, choose);
    slider.root.classList.add("row-slider");
    return { knob: knob.name, root: slider.root, update: (...now) => slider.update(...now), measure: () => slider.measure() };
  }
  const control = draw ? seed(knob, draw, "", choose, randomSeed)
    : knob.kind.type === "choice" ? menu(knob, choose)
    : knob.kind.type === "list" ? segments(knob, choose)
    : field(knob, choose);
  return {
    ...control,
    root: h("div", { class: "row", "data-knob": knob.name }, h("span", { class: "label", "aria-hidden": "true" }, knob.label), control.root),
  };
}
