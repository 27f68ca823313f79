// The toolbar under the views: run, controls, and More, which opens upward.
// Which control stands where depends on the width: what the toolbar has no room
// for moves into More.

import { h, icon, setText } from "./dom.js";
import { rowControl, toolbarControl } from "./controls.js";

/** @import { Knob, KnobState, RunProgress } from "./ntk_playground.js" */
/** @import { Layout } from "./layout.js" */
/** @import { Control } from "./controls.js" */
/** @import { ActionRow } from "./exports.js" */

/**
 * What the toolbar asks of the element.
 * @typedef {object} ToolbarHost
 * @property {() => void} playOrPause
 * @property {() => void} stepOnce
 * @property {() => void} startOver
 * @property {(knob: string, text: string) => void} choose
 * @property {() => number} randomSeed
 * @property {() => number} stepCount
 * @property {ActionRow[]} actions
 */

/** Whole numbers with a thin space between thousands. @param {number} count */
export function formatCount(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/**
 * Where a run stands that is not over: "stopped at 300 of 12 000".
 * @param {RunProgress & {over: boolean}} progress
 * @param {boolean} running
 */
export function unfinished({ step, limit, trial, trials, over }, running) {
  if (over) return "";
  const of = limit === null ? "" : ` of ${formatCount(limit)}`;
  const run = trials > 1 ? `, run ${trial} of ${trials}` : "";
  return `${running ? "running, at" : "stopped at"} step ${formatCount(step)}${of}${run}`;
}

/** @type {WeakMap<HTMLElement, string>} */
const resting = new WeakMap();

/**
 * Lets a control rest that does not act now.
 * @param {HTMLElement} root
 * @param {string} why a sentence; empty where it acts
 */
function rest(root, why) {
  if ((resting.get(root) ?? "") === why) return;
  resting.set(root, why);
  root.classList.toggle("idle", why !== "");
  root.title = why;
  for (const part of root.querySelectorAll("input, button, select")) part.toggleAttribute("disabled", why !== "");
}

/** @param {ActionRow} row */
const texts = (row) => h("span", { class: "texts" }, ...row.actions.map((one) =>
  h("button", { type: "button", class: "text", title: one.help, onclick: one.act }, one.words)));

/**
 * A control of the toolbar for a knob that windows set.
 * @param {Knob} knob
 * @param {ActionRow} row
 * @returns {Control}
 */
const actionGroup = (knob, row) => ({
  knob: knob.name,
  root: h("div", { class: "group", role: "group", "aria-label": row.label, "data-knob": knob.name },
    h("div", { class: "head" }, h("span", { class: "label", "aria-hidden": "true" }, row.label)), texts(row)),
  update() {},
});

export class Toolbar {
  /** @type {Control[]} */
  #controls = [];
  /** @type {{root: HTMLElement, place: "bar"|"late"|undefined}[]} */
  #movable = [];
  /** What single keys act on, where there is one. @type {import("./slider.js").Slider|null} */
  slider = null;
  /** @type {HTMLButtonElement|null} */
  toggle = null;
  /** @type {HTMLButtonElement|null} */
  draw = null;

  /**
   * @param {Knob[]} knobs
   * @param {Layout} layout
   * @param {string[]|null} chosen knobs to show; null for all, with More
   * @param {ToolbarHost} host
   */
  constructor(knobs, layout, chosen, host) {
    this.play = h("button", { type: "button", class: "play", onclick: host.playOrPause }, icon("play"));
    this.stepOnce = h("button", { type: "button", class: "glyph", "aria-label": "One step", title: "One step (.)", onclick: host.stepOnce }, icon("step"));
    this.startOver = h("button", { type: "button", class: "glyph reset", "aria-label": "Back to step 0", title: "Back to step 0, same settings (0)", onclick: host.startOver }, icon("reset"));
    this.count = h("span", { class: "count" }, "0");
    const run = h("div", { class: "run" }, this.play);
    if (!chosen) run.append(this.stepOnce, this.startOver);
    // "of 2 500 steps, run 1/8"; where there is no room, "of 2 500, run 1/8".
    this.limit = h("span", {}, "");
    this.word = h("span", { class: "word" }, "step");
    this.trial = h("span", {}, "");
    run.append(h("div", { class: "steps" }, this.count, h("span", { class: "unit" }, this.limit, this.word, this.trial)));
    this.controls = h("div", { class: "controls" });
    this.root = h("div", { class: "toolbar" }, run, this.controls);
    this.panel = h("div", { class: "panel", id: "more", hidden: true });
    this.more = h("button", { type: "button", class: "more", "aria-label": "More controls", "aria-expanded": "false", "aria-controls": "more", onclick: () => this.open(Boolean(this.panel.hidden)) },
      h("span", { class: "more-word" }, "More"), icon("more"));
    this.moved = h("div", { class: "moved" });

    const declared = new Map(knobs.map((knob) => [knob.name, knob]));
    const items = chosen
      ? chosen.filter((name) => declared.has(name)).map((name) => layout.toolbar.find((item) => item.knob === name) ?? { knob: name })
      : layout.toolbar;
    for (const item of items) {
      const knob = /** @type {Knob} */ (declared.get(item.knob));
      const own = host.actions.find((row) => row.knob === knob.name);
      const control = own ? actionGroup(knob, own) : toolbarControl(knob, item, (text) => host.choose(knob.name, text), host);
      this.#controls.push(control);
      this.slider ??= control.slider ?? null;
      if (item.as === "switch") this.toggle ??= control.press ?? null;
      if (item.as === "seed") this.draw ??= control.press ?? null;
      this.#movable.push({ root: control.root, place: chosen ? "bar" : item.place });
      this.controls.append(control.root);
    }
    if (!chosen) this.#fillMore(knobs, layout, host);
    this.showRunning(false, false);
  }

  /** @param {Knob[]} knobs @param {Layout} layout @param {ToolbarHost} host */
  #fillMore(knobs, layout, host) {
    const inStrip = new Map(layout.toolbar.map((item) => [item.knob, item]));
    const rows = h("div", { class: "rows" });
    for (const knob of knobs) {
      // Points have a window of their own.
      if (knob.kind.type === "points") continue;
      if (inStrip.has(knob.name) && !inStrip.get(knob.name)?.more) continue;
      const control = rowControl(knob, layout.draws[knob.name], (text) => host.choose(knob.name, text), host.randomSeed);
      this.#controls.push(control);
      rows.append(control.root);
    }
    const actions = h("div", { class: "actions" }, ...host.actions.map((row) =>
      h("div", { class: "row", role: "group", "aria-label": row.label }, h("span", { class: "label", "aria-hidden": "true" }, row.label),
        texts(row))));
    // The controls of the toolbar come first: they are what is looked for.
    this.panel.append(this.moved, rows, actions);
    this.root.append(this.more, this.panel);
  }

  /** @param {boolean} open */
  open(open) {
    this.panel.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.measure();
    this.panel.scrollTop = 0;
  }

  /**
   * Puts the controls where there is room for them.
   * @param {"wide"|"mid"|"narrow"} width
   * @param {boolean} projector
   */
  arrange(width, projector) {
    for (const { root, place } of this.#movable) {
      const moves = width === "narrow" ? place !== "bar" : place === "late" && (projector || width === "mid");
      const home = moves ? this.moved : this.controls;
      if (root.parentElement !== home) home.append(root);
    }
    const reset = width === "narrow" ? this.moved : this.play.parentElement;
    if (this.startOver.parentElement && this.startOver.parentElement !== reset) {
      if (width === "narrow") this.moved.append(this.startOver);
      else this.stepOnce.after(this.startOver);
    }
  }

  measure() {
    for (const control of this.#controls) control.measure?.();
  }

  /**
   * @param {(knob: string) => string} text
   * @param {(knob: string) => KnobState|null} state
   */
  update(text, state) {
    for (const control of this.#controls) {
      const now = state(control.knob);
      control.update(text(control.knob), now);
      rest(control.root, now?.idle ?? "");
    }
  }

  /**
   * The step, as captions count it: of the present trial, where there are several.
   * @param {number} taken steps in all, by the run that has gone further
   * @param {RunProgress} progress
   */
  showStep(taken, { step, limit, trial, trials }) {
    setText(this.count, formatCount(trials > 1 ? step : taken));
    setText(this.limit, limit === null ? "" : `of ${formatCount(limit)}`);
    setText(this.word, limit === null ? "step" : "\u00a0steps");
    setText(this.trial, trials > 1 ? `, run\u00a0${trial}/${trials}` : "");
  }

  /** @param {boolean} running @param {boolean} ended */
  showRunning(running, ended) {
    const words = running ? "Pause" : ended ? "Play again from step 0" : "Play";
    if (this.play.getAttribute("aria-label") === words) return;
    this.play.setAttribute("aria-label", words);
    this.play.title = `${words} (space)`;
    this.play.replaceChildren(icon(running ? "pause" : "play"));
  }
}
