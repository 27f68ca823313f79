// Where the time of a frame goes: a table under the exhibit, off by default.
// Stages are timed from here alone, and only while the table is open.

import css from "./performance.css.js";
import { h, setText, sheet, svg, adoptSheet } from "./dom.js";
import { formatCount } from "./toolbar.js";
import { exhibitOf } from "./exports.js";
import { loadEngine, memoryOf } from "./wasm.js";

/** @import { Session } from "./session.js" */

/**
 * Milliseconds of the stages of a frame, and of the whole up to the paint.
 * @typedef {{at: number, step: number, training: number, kernel: number, drawing: number, rest: number, whole: number}} Times
 */

const styles = sheet(css);

/** Numbers are read, not watched. */
const INTERVAL = 250;
/** Numbers are means over so many milliseconds. */
const WINDOW = 1000;
/** Frames in the curve. */
const FRAMES = 120;
/** The curve's top, in milliseconds, and the frame of a screen with 60 pictures a second. */
const TOP = 50;
const SCREEN = 1000 / 60;

/** What stands in the table, by name. */
const WORDS = {
  training: "training",
  kernel: "kernel, eigenbasis",
  drawing: "drawing",
  rest: "rest of the frame",
  whole: "a frame",
  frames: "frames per second",
  steps: "steps per second",
  engine: "engine\u2019s memory",
  scripts: "scripts\u2019 memory",
};

/** @param {number} value */
const milliseconds = (value) => `${value.toFixed(1)}\u202fms`;
/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)}\u202fMB`;

export class Meter {
  #host;
  /** @type {Times[]} */
  #frames = [];
  #start = 0;
  #trained = 0;
  #observed = 0;
  /** Frames that are not painted yet: under load the next one may begin before. @type {Times[]} */
  #unpainted = [];
  #step = 0;
  #timer = 0;
  #memory = 0;
  /** @type {{[name: string]: HTMLElement}} */
  #places = {};
  #curve;
  #root;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host;
    this.#curve = svg("polyline", {});
    const curve = svg("svg", { viewBox: `0 0 ${FRAMES - 1} ${TOP}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("line", { x1: 0, x2: FRAMES - 1, y1: TOP - SCREEN, y2: TOP - SCREEN }), this.#curve);
    const hasHeap = "memory" in performance;
    const cells = Object.entries(WORDS).filter(([name]) => name !== "scripts" || hasHeap).map(([name, words]) => {
      this.#places[name] = h("span", { "data-time": name }, "\u2013");
      const value = h("dd", {}, this.#places[name]);
      if (name === "whole") value.append(curve);
      return h("div", { class: name === "whole" && name }, h("dt", {}, words), value);
    });
    this.#root = h("div", { class: "performance", role: "group", "aria-label": "Performance" }, h("dl", {}, ...cells));
  }

  open() {
    const root = /** @type {ShadowRoot} */ (this.#host.shadowRoot);
    adoptSheet(root, styles);
    root.querySelector(".frame")?.append(this.#root);
    // Who opens it by hand sees it; an attribute does not scroll a page.
    if (this.#host.matches(":focus-within")) this.#root.scrollIntoView({ block: "nearest" });
    this.#timer = setInterval(() => this.#show(), INTERVAL);
    return this;
  }

  close() {
    clearInterval(this.#timer);
    this.#root.remove();
  }

  // --- what a frame calls, in this order -------------------------------------

  begin() {
    this.#start = performance.now();
  }

  /** @param {Session} session */
  trained(session) {
    this.#trained = performance.now();
    session.call((p) => p.observe());
    this.#observed = performance.now();
    this.#step = session.call((p) => p.stepCount);
    if (!this.#memory) void this.#weigh(session);
  }

  drawn() {
    const training = this.#trained - this.#start;
    const kernel = this.#observed - this.#trained;
    const drawing = performance.now() - this.#observed;
    this.#unpainted.push({ at: this.#start, step: this.#step, training, kernel, drawing, rest: 0, whole: 0 });
  }

  /**
   * @param {number} start of the frame's scripts
   * @param {number} end of them
   * @param {number} whole milliseconds up to the paint, those of other exhibits included
   */
  painted(start, end, whole) {
    for (const frame of this.#unpainted.filter(({ at }) => start <= at && at <= end)) {
      frame.whole = whole;
      frame.rest = whole - frame.training - frame.kernel - frame.drawing;
      this.#frames.push(frame);
    }
    this.#unpainted = this.#unpainted.filter(({ at }) => at > end);
    this.#frames.splice(0, this.#frames.length - FRAMES);
  }

  // --- the table ---------------------------------------------------------------

  /** @param {Session} session */
  async #weigh(session) {
    this.#memory = 1;
    this.#memory = memoryOf(await loadEngine(exhibitOf(this.#host), session.isFull));
  }

  #show() {
    const { usedJSHeapSize } = /** @type {{memory?: {usedJSHeapSize: number}}} */ (/** @type {unknown} */ (performance)).memory ?? {};
    const say = (/** @type {string} */ name, /** @type {string} */ text) => {
      if (this.#places[name]) setText(this.#places[name], text);
    };
    if (usedJSHeapSize) say("scripts", megabytes(usedJSHeapSize));
    if (this.#memory > 1) say("engine", megabytes(this.#memory));
    this.#memory = 0;
    const since = performance.now() - WINDOW;
    const frames = this.#frames.filter(({ at }) => at > since);
    if (frames.length < 2) {
      // What a frame took may still be read when the run stands.
      say("frames", "0");
      say("steps", "0");
      return;
    }
    for (const name of /** @type {const} */ (["training", "kernel", "drawing", "rest", "whole"])) {
      say(name, milliseconds(frames.reduce((sum, frame) => sum + frame[name], 0) / frames.length));
    }
    const [first, last] = [frames[0], frames[frames.length - 1]];
    const seconds = (last.at - first.at) / 1000;
    say("frames", ((frames.length - 1) / seconds).toFixed(0));
    say("steps", formatCount(Math.max(0, Math.round((last.step - first.step) / seconds))));
    this.#curve.setAttribute("points", this.#frames.map(({ whole }, i) => `${i},${(TOP - Math.min(whole, TOP)).toFixed(1)}`).join(" "));
  }
}
