// How an exhibit opens: of several attempts the last one counts.

import { isOn, queryOf } from "./attributes.js";
import { exhibitOf } from "./exports.js";
import { reducedMotion } from "./frame-loop.js";
import { hasLayout, loadLayout } from "./layout.js";
import { deferred, Session } from "./session.js";

/** Whether an exhibit plays as soon as it has opened. @param {Element} host */
export const playsAtOnce = (host) => isOn(host, "autoplay") && !reducedMotion();

export class Opening {
  #host;
  #begin;
  #refuse;
  /** Counts attempts, so that one that comes late finds that another has followed. */
  #attempts = 0;
  #ready = deferred();
  /** Whether an attempt is under way. */
  pending = false;
  /** Whether the last attempt ended in a sentence instead of an exhibit. */
  refused = false;
  /** Makes the last attempt once more. */
  again = () => {};

  /**
   * @param {HTMLElement} host
   * @param {(session: Session, plays: boolean) => void} begin shows an exhibit
   * @param {(error: Error) => Promise<void>} refuse shows why there is none
   */
  constructor(host, begin, refuse) {
    this.#host = host;
    this.#begin = begin;
    this.#refuse = refuse;
  }

  /** Resolves when the first picture is drawn. */
  get ready() {
    return this.#ready.promise;
  }

  /** Opens what the attributes ask for. @param {boolean} [plays] */
  start(plays = playsAtOnce(this.#host)) {
    void this.open(() => Session.open(exhibitOf(this.#host), queryOf(this.#host).toString()), plays);
  }

  /** The same at once if the engine is there, and otherwise as usual. */
  startNow() {
    try {
      const session = hasLayout(exhibitOf(this.#host)) && Session.now(exhibitOf(this.#host), queryOf(this.#host).toString());
      if (!session) return this.start();
      this.#attempts += 1;
      this.#opened(session, playsAtOnce(this.#host));
    } catch {
      // It says why where it is opened as usual.
      this.start();
    }
  }

  /**
   * @param {() => Promise<Session>} opening
   * @param {boolean} plays
   */
  async open(opening, plays) {
    const attempt = ++this.#attempts;
    this.again = () => void this.open(opening, plays);
    this.pending = true;
    this.#renewReady();
    this.refused = false;
    try {
      const [session] = await Promise.all([opening(), loadLayout(exhibitOf(this.#host))]);
      // Closed, or asked for something else, while the engine was loading.
      if (attempt !== this.#attempts) return session.close();
      this.#opened(session, plays);
    } catch (error) {
      if (attempt !== this.#attempts) return;
      this.pending = false;
      this.refused = true;
      this.#ready.reject(/** @type {Error} */ (error));
      await this.#refuse(/** @type {Error} */ (error));
    }
  }

  close() {
    // Whatever is still opening finds that its time has passed.
    this.#attempts += 1;
    this.pending = this.refused = false;
    this.#renewReady();
  }

  /** @param {Session} session @param {boolean} plays */
  #opened(session, plays) {
    this.pending = false;
    this.#begin(session, plays);
    this.#ready.resolve();
    this.#host.dispatchEvent(new CustomEvent("ntk-ready", { bubbles: true, composed: true }));
  }

  /** Who has been answered gets another answer; who waits goes on waiting, also for an element that is put back. */
  #renewReady() {
    if (this.#ready.settled) this.#ready = deferred();
  }
}
