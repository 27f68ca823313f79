// Training points edited in the picture: a click adds one, a drag moves it, a
// double click or Delete takes it away. Every change starts the run anew.

import { h } from "./dom.js";

/** @import { PointsHost } from "./keys.js" */
/** @import { Style } from "./ntk_playground.js" */

/** How near a pointer must come to a point, in CSS pixels. */
const REACH = { mouse: 10, pen: 14, touch: 22 };
/** How far a press may slip and still be a click. */
const SLIP = 4;

export class PointEditor {
  #points;
  #attempt;
  #ends = new AbortController();
  /** The point under the pointer, or the one last touched. */
  #chosen = -1;
  #held = false;
  /** Where the press began, until it has moved away from there. @type {number[]|null} */
  #from = null;

  /**
   * @param {PointsHost} points
   * @param {(work: () => unknown) => void} attempt shows an error as a sentence
   */
  constructor(points, attempt) {
    this.#points = points;
    this.#attempt = attempt;
    const { figure } = points;
    this.bar = h("span", { class: "editing" },
      h("span", { class: "hint" }, "click to add, drag to move, double-click to remove"),
      h("button", { type: "button", class: "text", onclick: points.end }, "Done"));
    // In the title row, where it moves nothing.
    figure.reading.after(this.bar);
    figure.root.classList.add("edited");
    const { canvas } = figure;
    /**
     * @template {keyof HTMLElementEventMap} N
     * @param {N} name
     * @param {(event: HTMLElementEventMap[N]) => void} act
     */
    const on = (name, act) => canvas.addEventListener(name, act, { signal: this.#ends.signal, capture: true });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) on(name, () => this.#letGo());
    on("dblclick", (event) => this.#remove(this.#at(event)));
    on("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      this.#remove(this.#chosen);
    });
  }

  end() {
    this.#letGo();
    this.#ends.abort();
    this.bar.remove();
    const { root, canvas } = this.#points.figure;
    root.classList.remove("edited");
    canvas.style.cursor = "";
  }

  /** @param {MouseEvent} event @returns {[number, number, number, number, Style]} */
  #where(event) {
    const { x, y } = this.#points.figure.place(event);
    return [x, y, this.#points.figure.width, this.#points.figure.height, this.#points.style()];
  }

  /** @param {MouseEvent} event */
  #at(event) {
    const kind = /** @type {keyof typeof REACH} */ (/** @type {PointerEvent} */ (event).pointerType || "mouse");
    return this.#points.ask((p) => p.pointNear(this.#points.figure.view, ...this.#where(event), REACH[kind] ?? REACH.mouse));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    event.stopImmediatePropagation();
    this.#points.figure.canvas.setPointerCapture(event.pointerId);
    this.#attempt(() => {
      const near = this.#at(event);
      this.#points.ask((p) => p.holdAxes(this.#points.figure.view));
      this.#chosen = near >= 0 ? near : this.#points.change((p) => p.addPoint(this.#points.figure.view, ...this.#where(event)));
      this.#held = true;
      this.#from = [event.clientX, event.clientY];
    });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    event.stopImmediatePropagation();
    if (!this.#held) {
      this.#points.figure.canvas.style.cursor = this.#at(event) >= 0 ? "grab" : "crosshair";
      return;
    }
    const [x, y] = this.#from ?? [Infinity, Infinity];
    if (this.#from && Math.hypot(event.clientX - x, event.clientY - y) < SLIP) return;
    this.#from = null;
    this.#attempt(() => this.#points.change((p) => p.movePoint(this.#points.figure.view, this.#chosen, ...this.#where(event))));
  }

  #letGo() {
    this.#held = false;
    this.#points.ask((p) => p.releaseAxes());
  }

  /** @param {number} index */
  #remove(index) {
    if (index < 0) return;
    this.#letGo();
    this.#attempt(() => this.#points.change((p) => p.removePoint(this.#points.figure.view, index)));
    this.#chosen = -1;
  }
}
