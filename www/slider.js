// A slider: a real range input under a drawn track, with ticks, and a mark
// where the knob's limit begins.

import { h, setText } from "./dom.js";

/** @import { IntegerKind, Knob, KnobState, NumberKind } from "./ntk_playground.js" */

/** Steps of the input on a logarithmic scale. */
const LOG_STEPS = 400;
/** Half a thumb: the input moves the middle of its thumb only this far out. */
const INSET = 8;
/** Room between two numbers below the track, in CSS pixels. */
const WORD_GAP = 5;

/**
 * @param {number} value
 * @param {NumberKind|IntegerKind} kind
 */
export function formatNumber(value, kind) {
  if (kind.type === "integer") return String(value);
  const fixed = value.toFixed(kind.decimals);
  const text = Number(fixed) === 0 && value !== 0 ? value.toPrecision(1) : fixed;
  return text.replace("-", "\u2212");
}

export class Slider {
  #knob;
  #kind;
  #width = 0;
  #wordWidth = 0;
  #limit = NaN;
  /** @type {{node: HTMLElement, at: number, width: number}[]} */
  #ticks = [];

  /**
   * @param {Knob} knob
   * @param {string} label
   * @param {(text: string) => void} choose
   */
  constructor(knob, label, choose) {
    const kind = /** @type {NumberKind|IntegerKind} */ (knob.kind);
    this.#knob = knob;
    this.#kind = kind;
    const log = this.#log;
    this.input = h("input", {
      type: "range",
      min: log ? 0 : kind.min,
      max: log ? LOG_STEPS : kind.max,
      step: log || kind.type === "integer" ? 1 : 10 ** -kind.decimals,
      "aria-label": label,
      title: knob.help,
    });
    this.input.addEventListener("input", () => choose(this.#text()));
    this.value = h("output", { class: "value", "aria-hidden": "true" });
    this.hatch = h("span", { class: "hatch", hidden: true });
    this.mark = h("span", { class: "limit-mark", hidden: true });
    this.word = h("span", { class: "limit-word", hidden: true }, "limit");
    this.#ticks = kind.ticks.map((tick) => {
      const at = this.#position(tick);
      const node = h("span", {}, String(tick).replace("-", "\u2212"));
      node.style.setProperty("--at", String(at));
      return { node, at, width: 0 };
    });
    this.box = h(
      "div",
      { class: "slider" },
      h("span", { class: "track" }), h("span", { class: "fill" }), this.hatch, this.mark,
      this.input,
    );
    this.scale = h("div", { class: "ticks", "aria-hidden": "true" }, ...this.#ticks.map((tick) => tick.node), this.word);
    this.root = h(
      "div",
      { class: "group slider-group", "data-knob": knob.name },
      h("div", { class: "head" }, h("span", { class: "label", "aria-hidden": "true" }, label), this.value),
      this.box,
      this.scale,
    );
  }

  get #log() {
    return this.#kind.type === "number" && this.#kind.log;
  }

  /** Where a value stands, from 0 to 1. @param {number} value */
  #position(value) {
    const { min, max } = this.#kind;
    const at = this.#log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
    return Math.min(1, Math.max(0, at));
  }

  /** What the input is set to, as text for the engine. */
  #text() {
    const { min, max } = this.#kind;
    const raw = Number(this.input.value);
    if (!this.#log) {
      return this.#kind.type === "number" ? raw.toFixed(this.#kind.decimals) : String(raw);
    }
    const value = min * (max / min) ** (raw / LOG_STEPS);
    return String(Math.min(max, Math.max(min, Number(value.toPrecision(2)))));
  }

  /**
   * @param {string} text
   * @param {KnobState|null} state
   */
  update(text, state) {
    const value = Number(text);
    const at = this.#position(value);
    // Rounding may map several places of the thumb to one value; the thumb
    // stays where it is as long as it means the value, or arrow keys get stuck.
    if (Number(this.#text()) !== value) this.input.value = String(this.#log ? at * LOG_STEPS : value);
    const words = state?.text ?? formatNumber(value, this.#kind);
    setText(this.value, words);
    const spoken = this.#knob.unit && state?.text == null ? `${words} ${this.#knob.unit}` : words;
    if (this.input.getAttribute("aria-valuetext") !== spoken) this.input.setAttribute("aria-valuetext", spoken);
    this.box.style.setProperty("--at", String(at));
    this.#showLimit(state?.limit);
  }

  /** Turns it a twentieth of the way. @param {-1|1} direction */
  nudge(direction) {
    const { min, max, step, value } = this.input;
    const way = Math.max(Number(step), (Number(max) - Number(min)) / 20);
    this.input.value = String(Number(value) + direction * way);
    this.input.dispatchEvent(new Event("input"));
  }

  /** The width is read once per layout, not in every frame. */
  measure() {
    this.#width = this.box.clientWidth;
    this.#wordWidth = this.word.offsetWidth;
    for (const tick of this.#ticks) {
      tick.width = tick.node.offsetWidth;
      this.#nudge(tick.node, tick.at, tick.width);
    }
    const limit = this.#limit;
    this.#limit = NaN;
    this.#showLimit(Number.isNaN(limit) ? undefined : limit);
  }

  /** @param {number|null|undefined} limit */
  #showLimit(limit) {
    const next = limit == null || !Number.isFinite(limit) ? NaN : limit;
    if (Object.is(next, this.#limit)) return;
    this.#limit = next;
    const inside = next < this.#kind.max;
    const at = inside ? this.#position(next) : 1;
    for (const node of [this.hatch, this.mark, this.word]) {
      node.hidden = !inside;
      node.style.setProperty("--at", String(at));
    }
    // A hidden word has no width: it is measured when it first shows.
    if (inside) this.#wordWidth ||= this.word.offsetWidth;
    if (inside) this.#nudge(this.word, at, this.#wordWidth);
    // Numbers yield to the limit's word, then to their left neighbour.
    const length = Math.max(0, this.#width - 2 * INSET);
    let end = -Infinity;
    for (const tick of this.#ticks) {
      const apart = Math.abs(tick.at - at) * length;
      const half = tick.width / 2;
      const yields = (inside && apart < half + this.#wordWidth / 2 + WORD_GAP) || tick.at * length - half < end;
      tick.node.classList.toggle("yields", yields);
      if (!yields) end = tick.at * length + half + WORD_GAP;
    }
  }

  /**
   * Keeps a word within the width of the slider.
   * @param {HTMLElement} node
   * @param {number} at
   * @param {number} width
   */
  #nudge(node, at, width) {
    const left = INSET + at * (this.#width - 2 * INSET) - width / 2;
    const inside = Math.max(0, Math.min(left, this.#width - width));
    node.style.setProperty("--nudge", `${inside - left}px`);
  }
}
