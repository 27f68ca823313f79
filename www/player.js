// A run in time: it plays, replays a link, stands or is over. Here is what a frame
// trains and draws.

import { isOn } from "./attributes.js";
import { load } from "./faults.js";
import { FrameLoop, reducedMotion } from "./frame-loop.js";
import { Showing } from "./showing.js";

/** @import { Display } from "./display.js" */
/** @import { Messages } from "./messages.js" */
/** @import { ExhibitReader } from "./reader.js" */
/** @import { Session } from "./session.js" */

/** Milliseconds of a frame that training may take, all exhibits on the screen together. */
const FRAME_BUDGET = 8;
/** The same while a link is replayed, when nobody drags anything yet. */
const REPLAY_BUDGET = 30;
/** Under reduced motion pictures are rare, so each may be further on. */
const CALM = { paces: 30, budget: 60 };

/**
 * What a player asks of the element.
 * @typedef {object} PlayerHost
 * @property {() => Session|null} session the open exhibit
 * @property {() => void} near it comes near the screen
 * @property {() => void} endTwin
 * @property {(error: Error) => void} failed the run cannot go on
 */

export class Player {
  #element;
  #display;
  #messages;
  #host;
  #showing = new Showing();
  /** The step that a link asked for, while it has not been reached. */
  target = 0;
  /** Whether the run is over. */
  ended = false;
  /** Times the stages of a frame while the panel is open. @type {import("./performance.js").Meter|null} */
  #meter = null;

  /**
   * @param {ExhibitReader} element
   * @param {Display} display
   * @param {Messages} messages
   * @param {PlayerHost} host
   */
  constructor(element, display, messages, host) {
    this.#element = element;
    this.#display = display;
    this.#messages = messages;
    this.#host = host;
    // Not the element itself, which has no box of its own under `display: contents`.
    this.loop = new FrameLoop(display.box, display.ruler, {
      near: host.near,
      frame: (most, rests) => this.#frame(most, rests),
      shown: () => this.arrange(),
      painted: (start, end, time) => this.#meter?.painted(start, end, time),
    });
  }

  get running() {
    return this.loop.wanted;
  }

  /** Shows an exhibit that has been opened. @param {Session} session @param {boolean} plays */
  begin(session, plays) {
    // A link to a certain step replays up to that step and stands there.
    const target = session.call((p) => p.target);
    this.target = target > session.call((p) => p.stepCount) ? target : 0;
    this.loop.wanted = plays || this.target > 0;
    this.arrange();
    this.#showRunning();
  }

  play() {
    this.target = 0;
    this.loop.wanted = true;
    this.#showRunning();
  }

  stop() {
    this.target = 0;
    this.loop.wanted = false;
    this.show();
    this.#showRunning();
  }

  /** The run failed: what is drawn stays. */
  halt() {
    this.loop.wanted = false;
    this.#display.parts?.toolbar.showRunning(false, false);
  }

  /** Shows a change. The next frame draws it, and a person who drags a slider need not wait twice. @param {Session} session */
  showChange(session) {
    if (this.loop.soon && this.#display.parts) this.#showing.controls(session, this.#display.parts);
    else this.show();
  }

  /**
   * Draws it as it now is: everything, or some of it while the run plays.
   * @param {number} [most] parts to draw
   * @returns {number} how many were drawn
   */
  show(most = Infinity) {
    const { parts, root } = this.#display;
    const element = this.#element;
    const session = this.#host.session();
    let drawn = 0;
    if (!session || !parts || session.dead || !element.isConnected) return drawn;
    try {
      root.classList.toggle("without-values", isOn(element, "hide-values"));
      const status = session.call((p) => p.status());
      this.ended = status.state !== "ready";
      if (this.ended && this.running) {
        this.loop.wanted = false;
        this.#showRunning();
      }
      this.#messages.ended(this.ended ? status.message : "");
      const twin = element.twinned;
      this.#messages.compared(twin && twin.label, this.#host.endTwin);
      drawn = this.#showing.show(element, session, parts, !this.running, most);
      element.dispatchEvent(new CustomEvent("ntk-frame", { bubbles: true, composed: true, detail: { step: session.call((p) => p.stepCount) } }));
    } catch (error) {
      this.#host.failed(/** @type {Error} */ (error));
    }
    return drawn;
  }

  /** Opens or closes the panel of times, as the attribute `performance` says. */
  async watchTime() {
    const element = this.#element;
    const asked = () => element.isConnected && isOn(element, "performance");
    const meter = asked() ? await load("performance").then(({ Meter }) => new Meter(element), (error) => {
      // So that it can be asked for once more.
      element.removeAttribute("performance");
      throw error;
    }) : null;
    this.#meter?.close();
    this.#meter = meter && asked() ? meter.open() : null;
  }

  /** Draws it at the size that the page gives. */
  arrange() {
    if (!this.#display.parts || !this.#element.isConnected) return;
    this.#display.measure(this.#display.parts);
    this.show();
  }

  /**
   * @param {number} most parts to draw
   * @param {boolean} rests whether it only draws
   * @returns {number} how many were drawn
   */
  #frame(most, rests) {
    const session = this.#host.session();
    if (!session) return 0;
    const meter = this.#meter;
    meter?.begin();
    try {
      const { share } = this.loop;
      if (!rests) {
        session.call((p) => {
          if (this.target > 0) p.advance(this.target - p.stepCount, REPLAY_BUDGET * share);
          else if (reducedMotion()) p.advance(p.paceSteps() * CALM.paces, CALM.budget * share);
          else p.advance(p.paceSteps(), FRAME_BUDGET * share);
        });
      }
      meter?.trained(session);
      const arrived = this.target > 0 && session.call((p) => p.stepCount) >= this.target;
      if (arrived || session.call((p) => p.status()).state !== "ready") this.stop();
      else return this.show(most);
    } catch (error) {
      this.#host.failed(/** @type {Error} */ (error));
    } finally {
      meter?.drawn();
    }
    return 0;
  }

  #showRunning() {
    const element = this.#element;
    this.#display.parts?.toolbar.showRunning(this.running, this.ended);
    const session = this.#host.session();
    if (!this.running && session && !session.dead) {
      this.#messages.speak(isOn(element, "hide-values") ? `${element.caption}. Values are hidden.` : element.description);
    }
  }
}
