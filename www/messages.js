// Messages of the element: an alert with a way on, notes, and how a run ended.

import { h, icon, setText } from "./dom.js";

/** A button: its words, and what it does. @typedef {[words: string, act: () => void]} Way */

export class Messages {
  constructor() {
    this.alert = h("div", { class: "alert", role: "alert", hidden: true });
    this.end = h("p", { class: "end" });
    this.note = h("p", { class: "note", hidden: true });
    this.comparison = h("p", { class: "comparison", hidden: true });
    this.foot = h("div", { class: "foot" }, this.end, this.comparison, this.note);
    // Spoken only when a run stands: a live region that changes in every
    // frame would never be quiet.
    this.spoken = h("p", { class: "spoken", role: "status" });
  }

  /** @param {string} sentence @param {Way[]} ways on */
  fail(sentence, ways) {
    this.alert.replaceChildren(h("p", {}, sentence), ...ways.map(([words, act]) =>
      h("button", { type: "button", class: "outline", onclick: () => { this.clear(); act(); } }, words)));
    this.alert.hidden = false;
  }

  clear() {
    this.alert.hidden = true;
    this.alert.replaceChildren();
    this.remark([]);
  }

  /** A line that can be sent away. @param {string[]} sentences */
  remark(sentences) {
    this.note.hidden = sentences.length === 0;
    if (!sentences.length) return;
    const dismiss = h("button", { type: "button", class: "dismiss", "aria-label": "Dismiss", onclick: () => this.remark([]) }, icon("close"));
    this.note.replaceChildren(h("span", { role: "status" }, sentences.join(" ")), dismiss);
  }

  /** @param {string} sentence */
  ended(sentence) {
    setText(this.end, sentence);
  }

  /**
   * The comparison run, and a button that ends it.
   * @param {string|null} label in which it differs; null for none
   * @param {() => void} end
   */
  compared(label, end) {
    if (this.comparison.hidden === (label === null) && (label === null || this.comparison.firstChild?.textContent === `Second run: ${label}`)) return;
    this.comparison.hidden = label === null;
    if (label === null) return;
    const away = h("button", { type: "button", class: "dismiss", "aria-label": "End the second run", onclick: end }, icon("close"));
    this.comparison.replaceChildren(h("span", {}, `Second run: ${label}`), away);
  }

  /** @param {string} text */
  speak(text) {
    setText(this.spoken, text);
  }
}
