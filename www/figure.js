// One view: a title row in HTML above a canvas that the engine draws on.

import { h, once, setSpans, setText } from "./dom.js";
import { isPrinted } from "./print.js";

/** @import { Drawn, Span, Style, View } from "./ntk_playground.js" */
/** @import { Playground } from "./wasm.js" */
/** @import { Cell } from "./layout.js" */

/** How often the text for screen readers follows a running picture. */
const DESCRIBE_INTERVAL = 1000;

/** Canvases that are far off the screen: they hold no picture. @type {WeakSet<Element>} */
const away = new WeakSet();
/** What a canvas does when it comes near the screen or leaves it. @type {WeakMap<Element, () => void>} */
const moved = new WeakMap();
const watch = once(() => new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (away.has(target) !== isIntersecting) continue;
    away[isIntersecting ? "delete" : "add"](target);
    moved.get(target)?.();
  }
}, { rootMargin: "600px" }));

export class Figure {
  #width = 0;
  #height = 0;
  #described = 0;
  #fitted = "";
  /** How many of its values the reading has room for. */
  #room = Infinity;
  /** @type {{playground: Playground, look: string, revision: number}|undefined} */
  #last;
  /** @type {Drawn|undefined} */
  #drawn;
  /** The description in place of a chart that cannot be drawn. @type {HTMLElement|undefined} */
  #words;

  /**
   * @param {View} view
   * @param {Cell} cell
   * @param {{point: (figure: Figure, x: number, y: number) => void, leave: () => void, redraw: () => void}} probing
   */
  constructor(view, cell, probing) {
    this.view = view.name;
    this.name = h("span", { class: "name" }, view.title);
    this.reading = h("span", { class: "reading" });
    this.canvas = h("canvas", { tabindex: 0, role: "img", "aria-label": view.title });
    this.plot = h("div", { class: "plot" }, this.canvas);
    this.root = h(
      "figure",
      { class: `figure ${cell.column ?? "auto"} ${cell.short ? "short" : "tall"}`, "data-view": view.name },
      h("figcaption", {}, this.name, this.reading),
      this.plot,
    );
    const point = (/** @type {PointerEvent} */ event) => {
      const { x, y } = this.place(event);
      if (Number.isFinite(x) && Number.isFinite(y)) probing.point(this, x, y);
    };
    this.canvas.addEventListener("pointermove", point);
    this.canvas.addEventListener("pointerdown", point);
    this.canvas.addEventListener("pointerleave", (event) => {
      // A finger leaves as it lifts: what it pointed at stays to be read.
      if (event.pointerType !== "touch") probing.leave();
    });
    this.canvas.addEventListener("pointercancel", probing.leave);
    this.canvas.addEventListener("blur", probing.leave);
    // The picture is lost with the context, which a browser gives back.
    this.canvas.addEventListener("contextrestored", () => {
      this.canvas.width = 0;
      probing.redraw();
    });
    // The memory of a page would grow with every picture that was ever on the screen.
    moved.set(this.canvas, () => {
      if (away.has(this.canvas)) this.#release();
      else probing.redraw();
    });
    watch().observe(this.canvas);
  }

  /** Size in whole CSS pixels: hairlines stay on pixels only then. */
  get width() {
    return this.#width;
  }

  get height() {
    return this.#height;
  }

  /**
   * Where on the canvas a pointer is. Browsers do not agree on offsetX where
   * the page scales the element.
   * @param {MouseEvent} event
   */
  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) * (this.#width / box.width),
      y: (event.clientY - box.top) * (this.#height / box.height),
    };
  }

  /** Takes the size that the layout gives. */
  measure() {
    // Not clientWidth, which rounds up to a pixel that is not there, nor the
    // box on the screen, which a slide deck may have scaled.
    const { width, height } = getComputedStyle(this.plot);
    this.#width = Math.floor(parseFloat(width)) || 0;
    this.#height = Math.floor(parseFloat(height)) || 0;
  }

  /**
   * @param {Playground} playground
   * @param {Style} style
   * @param {string} look the same as text
   * @param {boolean} still whether the run stands: then nothing may lag behind
   * @returns {boolean} whether the picture had changed
   */
  draw(playground, style, look, still) {
    if (this.#width < 60 || this.#height < 60) return false;
    if (away.has(this.canvas) && !isPrinted()) return this.#describe(playground, style, still);
    const before = `${this.canvas.width} ${this.canvas.height}`;
    const context = contextOf(this.canvas, this.#width, this.#height, style.scale);
    if (!context) return this.#tell(playground, still);
    this.#words?.remove();
    const resized = before !== `${this.canvas.width} ${this.canvas.height}`;
    const revision = playground.revision(this.view);
    const last = this.#last;
    if (!resized && this.#drawn && last?.playground === playground && last.look === look && last.revision === revision) {
      // The picture stands; only its description may lag behind.
      this.#show(this.#drawn, still);
      return false;
    }
    this.#last = { playground, look, revision };
    if (resized) {
      this.canvas.style.width = `${this.#width}px`;
      this.canvas.style.height = `${this.#height}px`;
    }
    this.#drawn = playground.draw(this.view, context, this.#width, this.#height, style);
    this.#hide(this.#drawn, style);
    this.#show(this.#drawn, still);
    return true;
  }

  /** Gives the memory of the picture back; what is said of it stays. */
  #release() {
    this.canvas.width = 0;
    this.canvas.height = 0;
    // What it measured here may be too wide where the page goes on to put it.
    this.canvas.style.width = "";
    this.canvas.style.height = "";
    this.#drawn = undefined;
  }

  /**
   * A picture far off the screen is described when its run stands, for who reads the page and
   * does not look at it.
   * @param {Playground} playground
   * @param {Style} style
   * @param {boolean} still
   */
  #describe(playground, style, still) {
    const revision = playground.revision(this.view);
    if (!still || (this.#last?.playground === playground && this.#last.revision === revision)) return false;
    const { title, reading, description } = playground.chart(this.view);
    const drawn = { title, reading, description };
    this.#last = { playground, look: "", revision };
    this.#hide(drawn, style);
    this.#show(drawn, still);
    return true;
  }

  /** @param {Drawn} drawn @param {Style} style */
  #hide(drawn, style) {
    if (style.hideValues) drawn.description = `${drawn.title.map(({ text }) => text).join("")}. Values are hidden.`;
  }

  /** Shows the description where there is no canvas. @param {Playground} playground @param {boolean} still */
  #tell(playground, still) {
    const { title, description } = playground.chart(this.view);
    this.#words ??= h("p", { class: "words", "aria-hidden": "true" });
    if (!this.#words.isConnected) this.plot.append(this.#words);
    setText(this.#words, `Canvas is unavailable. Description: ${description}`);
    this.#show({ title, reading: [], description }, still);
    return true;
  }

  /** @param {Drawn} drawn @param {boolean} still */
  #show(drawn, still) {
    setSpans(this.name, drawn.title);
    this.#fitReading(drawn.reading);
    const now = performance.now();
    if (still || now - this.#described > DESCRIBE_INTERVAL) {
      this.#described = now;
      if (this.canvas.getAttribute("aria-label") !== drawn.description) {
        this.canvas.setAttribute("aria-label", drawn.description);
      }
    }
  }

  /**
   * Shortens the title row where it is too narrow: words go, the last values go as a whole,
   * and no number is cut.
   * @param {Span[]} reading
   */
  #fitReading(reading) {
    const length = reading.reduce((sum, { text }) => sum + text.length, 0);
    // Digits are equally wide, so equally long texts fit alike, and the
    // layout is asked only when the length changes.
    const key = `${this.#width} ${length}`;
    if (key === this.#fitted) {
      setSpans(this.reading, firstValues(reading, this.#room));
      return;
    }
    this.#fitted = key;
    this.#room = Infinity;
    this.reading.classList.remove("tight", "tighter", "number");
    this.name.classList.remove("brief");
    setSpans(this.reading, reading);
    const fits = () => this.reading.scrollWidth <= this.reading.clientWidth;
    if (fits()) return;
    if (this.reading.querySelector("b")) {
      for (const [part, name] of /** @type {const} */ ([["reading", "tight"], ["reading", "tighter"], ["name", "brief"]])) {
        this[part].classList.add(name);
        if (fits()) return;
      }
      this.reading.classList.add("number");
      return;
    }
    this.name.classList.add("brief");
    this.#room = valuesOf(reading).length;
    while (this.#room > 1 && !fits()) {
      this.#room -= 1;
      setSpans(this.reading, firstValues(reading, this.#room));
    }
  }
}

/** What parts the values of a reading. */
const SEPARATOR = "\u2002";

/** The values of a reading under the cursor. @param {Span[]} reading */
const valuesOf = (reading) => reading.map(({ text }) => text).join("").split(SEPARATOR);

/** The first values of a reading, with dots for the others. @param {Span[]} reading @param {number} room @returns {Span[]} */
function firstValues(reading, room) {
  const values = valuesOf(reading);
  if (room >= values.length) return reading;
  const text = `${values.slice(0, room).join(SEPARATOR)} \u2026`;
  return [{ text, role: null, strong: false, italic: false, sub: false }];
}

/**
 * A context on which the engine draws `width` x `height` CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @param {number} scale
 */
export function contextOf(canvas, width, height, scale) {
  const context = canvas.getContext("2d");
  if (context && (canvas.width !== width * scale || canvas.height !== height * scale)) {
    canvas.width = width * scale;
    canvas.height = height * scale;
    // A new size clears the state of the context.
    context.lineJoin = "round";
    context.lineCap = "round";
  }
  return context;
}
