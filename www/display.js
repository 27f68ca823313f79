// What stands inside the element, and how large it is: one of three widths, and
// all of it larger where the reader's browser has larger type.

import { h, viewOf } from "./dom.js";
import { nameParts } from "./part-names.js";
import { buildParts } from "./parts.js";
import { showTheme, shownTheme } from "./theme-watch.js";

/** @import { Messages } from "./messages.js" */
/** @import { Actions, Parts } from "./parts.js" */
/** @import { Session } from "./session.js" */

/** Pixels of a browser's type, unless its reader has chosen others. */
const DEFAULT_TYPE = 16;
/** Pixels of width below which nothing is enlarged. */
const NARROWEST = 400;

export class Display {
  root = h("div", { class: "exhibit" });
  /** As wide as the element and without height: observing the element itself would answer to our own layout. */
  ruler = h("div", { class: "ruler" });
  /** All that is shown. The words are English and run from left to right, whatever those around do. */
  box = h("div", { class: "frame", lang: "en", dir: "ltr" }, this.ruler, this.root);
  /** @type {Parts|null} */
  parts = null;
  #host;
  #messages;
  #resized;
  /** @type {ResizeObserver|null} */
  #sizes = null;
  /** @type {MediaQueryList|null} */
  #density = null;

  /**
   * @param {HTMLElement & {themeChanged(): void}} host
   * @param {Messages} messages
   * @param {() => void} resized measures and draws again
   */
  constructor(host, messages, resized) {
    this.#host = host;
    this.#messages = messages;
    this.#resized = resized;
    this.root.append(messages.alert);
  }

  connect() {
    // In the next frame: another size of ours within this round would be an error
    // to whoever watches the sizes of what we stand in.
    this.#sizes = new (viewOf(this.#host).ResizeObserver)(() => requestAnimationFrame(this.#resized));
    this.#sizes.observe(this.ruler);
    this.#watchDensity();
  }

  disconnect() {
    this.#sizes?.disconnect();
    this.#density?.removeEventListener("change", this.#densityChanged);
  }

  /** @param {Session} session @param {Actions} actions */
  build(session, actions) {
    this.parts = buildParts(this.#host, session, this.#messages, actions);
    this.root.replaceChildren(this.#messages.alert, ...this.parts.nodes, this.#messages.spoken);
    this.dress(this.parts.card);
  }

  /** As a card, or as an exhibit with all its parts. @param {boolean} card */
  dress(card) {
    showTheme(this.#host);
    this.root.className = card ? "exhibit card" : "exhibit";
    nameParts(this.root);
  }

  /** Takes the sizes that the page gives. @param {Parts} parts */
  measure({ card, figures, toolbar }) {
    this.#enlarge();
    // Not the width of the element itself: a page may have made it inline.
    const width = this.ruler.clientWidth;
    const size = width >= 1080 ? "wide" : width >= (card ? 460 : 640) ? "mid" : "narrow";
    this.root.dataset.size = size;
    toolbar.arrange(card ? "wide" : size, shownTheme(this.#host) === "projector");
    toolbar.measure();
    for (const figure of figures) figure.measure();
  }

  /** As much larger as the reader's browser has type, where there is room. */
  #enlarge() {
    const times = parseFloat(getComputedStyle(this.ruler).fontSize) / DEFAULT_TYPE;
    if (!(times > 1.1)) return;
    const { style } = this.box;
    style.setProperty("zoom", "1");
    style.setProperty("zoom", String(Math.max(1, Math.min(times, this.ruler.clientWidth / NARROWEST))));
  }

  #watchDensity() {
    this.#density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#density.addEventListener("change", this.#densityChanged, { once: true });
  }

  #densityChanged = () => {
    this.#watchDensity();
    this.#resized();
  };
}
