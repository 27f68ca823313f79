// What can be read from an exhibit, as properties and methods of its element.

import { Host } from "./dom.js";
import { load } from "./faults.js";
import { pictureStyle, readStyle } from "./theme-watch.js";

/** @import { Chart, Claim, Knob, RunProgress, View } from "./ntk_playground.js" */
/** @import { Session } from "./session.js" */

/** A view that is not on the page is exported at this size. */
const EXPORT_SIZE = [608, 252];

export class ExhibitReader extends Host {
  /**
   * The open exhibit.
   * @protected
   * @type {Session|null}
   */
  session = null;

  /**
   * Opens another exhibit in place of the present one.
   * @protected
   * @param {Session|null} session
   */
  hold(session) {
    this.session?.close();
    this.session = session;
  }

  get stepCount() {
    return this.session?.call((p) => p.stepCount) ?? 0;
  }

  /** How far the run has come, as captions count, and whether it is over. @returns {(RunProgress & {over: boolean})|null} */
  get progress() {
    return this.session?.call((p) => ({ ...p.progress(), over: p.status().state !== "ready" })) ?? null;
  }

  /** @returns {Knob[]} */
  get knobs() {
    return this.session?.knobs ?? [];
  }

  /** @returns {View[]} */
  get views() {
    return this.session?.views ?? [];
  }

  /** @returns {{[name: string]: number}} */
  get readings() {
    return this.session?.call((p) => p.readings()) ?? {};
  }

  /** Plain data of every view, by name. @returns {{[view: string]: Chart}} */
  get charts() {
    const session = this.session;
    if (!session) return {};
    return Object.fromEntries(session.views.map(({ name }) => [name, session.call((p) => p.chart(name))]));
  }

  /** @returns {Claim[]} */
  get ledger() {
    return this.session?.call((p) => p.ledger()) ?? [];
  }

  /** The comparison run: the knob in which it differs, its value, and both as text. @returns {{knob: string, value: string, label: string}|null} */
  get twinned() {
    return this.session?.call((p) => ("twinned" in p ? p.twinned() : null)) ?? null;
  }

  get caption() {
    return this.session?.call((p) => p.caption()) ?? "";
  }

  get description() {
    return this.session?.call((p) => p.description()) ?? "";
  }

  /** @param {string} knob */
  get(knob) {
    return this.opened().call((p) => p.get(knob));
  }

  /** The query string that reproduces this run, its step included. */
  link() {
    return this.opened().call((p) => p.link());
  }

  /** What `link()` leaves out, as a sentence; mostly nothing. */
  get linkNote() {
    return this.session?.call((p) => p.linkNote()) ?? "";
  }

  csv() {
    return this.opened().call((p) => p.csv());
  }

  /** @param {string} view */
  svg(view) {
    const [width, height] = this.sizeOf(view);
    return this.opened().call((p) => p.svg(view, width, height, readStyle(this, 1)));
  }

  /** @param {string} view @returns {Promise<Blob>} */
  async png(view) {
    const [width, height] = this.sizeOf(view);
    const { pngOf } = await load("png");
    return this.opened().call((p) => pngOf(p, view, width, height, pictureStyle(this)));
  }

  /** Width and height of a view in CSS pixels. @protected @param {string} _view */
  sizeOf(_view) {
    return EXPORT_SIZE;
  }

  /** @protected @returns {Session} */
  opened() {
    if (this.session) return this.session;
    throw new Error("This exhibit is not open yet. Wait for its `ready` promise.");
  }
}
