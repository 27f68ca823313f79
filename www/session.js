// One opened exhibit, guarded: whatever goes wrong inside comes out as an
// Error with a sentence, and a trap never reaches the frame loop unexplained.

import { Trap } from "./faults.js";
import { engineNow, loadEngine, retireEngine } from "./wasm.js";

/** @import { Knob } from "./ntk_playground.js" */
/** @import { Engine, Playground } from "./wasm.js" */

export class Session {
  #engine;
  #playground;
  #dead = false;
  /** @type {Map<string, string>} */
  #values = new Map();
  /** The second run, as a link has it. */
  #beside = "";

  /** @param {Engine} engine @param {Playground} playground */
  constructor(engine, playground) {
    this.#engine = engine;
    this.#playground = playground;
    this.knobs = playground.knobs();
    this.views = playground.views();
    this.remember();
  }

  /**
   * @param {string} exhibit
   * @param {string} query
   */
  static async open(exhibit, query) {
    // Second runs are more than the first engine has.
    const engine = await loadEngine(exhibit, new URLSearchParams(query).has("beside"));
    return Session.#opened(engine, exhibit, query);
  }

  /**
   * The same at once, at the step of the link, if the engine is there already.
   * @param {string} exhibit
   * @param {string} query
   */
  static now(exhibit, query) {
    const engine = engineNow(exhibit, new URLSearchParams(query).has("beside"));
    const session = engine && Session.#opened(engine, exhibit, query);
    session?.call((p) => p.target > 0 && p.advance(p.target, Infinity));
    return session;
  }

  /** Whether the engine has all there is: second runs, points to edit, files of weights. */
  get whole() {
    return "twin" in this.#playground;
  }

  /**
   * The same run at the same step, in the engine that has all there is.
   * @param {string} exhibit
   */
  async moved(exhibit) {
    // Loading takes its time, in which the run goes on and knobs are turned.
    const engine = await loadEngine(exhibit, true);
    const query = new URLSearchParams(this.call((p) => p.record()));
    query.delete("exhibit");
    const session = Session.#opened(engine, exhibit, query.toString());
    session.call((p) => p.advance(p.target, Infinity));
    return session;
  }

  /** @param {Engine} engine @param {string} exhibit @param {string} query */
  static #opened(engine, exhibit, query) {
    try {
      return new Session(engine, engine.Playground.open(exhibit, query));
    } catch (error) {
      throw asError(error, engine);
    }
  }

  /**
   * The same settings from step 0, in a fresh instance of the engine.
   * @param {string} exhibit
   */
  async restarted(exhibit) {
    const query = new URLSearchParams([...this.#values]);
    if (this.#beside) query.set("beside", this.#beside);
    return Session.#opened(await loadEngine(exhibit, this.whole), exhibit, query.toString());
  }

  get dead() {
    return this.#dead;
  }

  /**
   * Does something with the exhibit.
   * @template T
   * @param {(playground: Playground) => T} work
   * @returns {T}
   */
  call(work) {
    if (this.#dead) throw new Trap("This exhibit has stopped; restart it first.");
    try {
      return work(this.#playground);
    } catch (error) {
      const sentence = asError(error, this.#engine);
      if (sentence instanceof Trap) this.#dead = true;
      throw sentence;
    }
  }

  /** Reads all that was set once; a run changes none of it. */
  remember() {
    this.call((p) => {
      for (const { name } of this.knobs) this.#values.set(name, p.get(name));
      const twin = "twinned" in p && p.twinned();
      this.#beside = twin ? `${twin.knob}.${twin.value}` : "";
    });
  }

  /** @param {string} knob */
  value(knob) {
    return this.#values.get(knob) ?? "";
  }

  /** @param {string} name @returns {Knob|undefined} */
  knob(name) {
    return this.knobs.find((knob) => knob.name === name);
  }

  /** A seed that nobody has chosen: where the browser gives no randomness, from the clock. */
  randomSeed() {
    try {
      return this.#engine.randomSeed();
    } catch {
      return Math.floor(performance.timeOrigin + performance.now()) % 2 ** 32;
    }
  }

  close() {
    // After a trap the object is locked for good: freeing it would throw.
    if (!this.#dead) this.#playground.free();
    this.#dead = true;
  }
}

/**
 * @param {unknown} error
 * @param {Engine} engine
 */
function asError(error, engine) {
  // What the engine says is an error and no more. Whatever else comes out of
  // it (a trap, too many calls within calls, a canvas that refuses) has cut
  // through its work, and so has what keeps it from being used again.
  const { constructor, message } = /** @type {Error} */ (error);
  if (error instanceof Trap || (constructor === Error && !/recursive use of an object|null pointer passed to rust/.test(message))) return /** @type {Error} */ (error);
  retireEngine(engine);
  let told = constructor === WebAssembly.RuntimeError ? "" : message;
  try {
    told = engine.lastPanic() ?? told;
  } catch {
    // It has no room left to answer.
  }
  return new Trap(told ? `The engine stopped at a fault of its own: ${told.replace("panicked at ", "").replaceAll("\n", " ").replace(/\.?$/, ".")}`
    : "The engine stopped without a word, most likely because the memory of this page ran out.", { cause: error });
}

/** A promise, the two ways to settle it, and whether it is. */
export function deferred() {
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  const it = { promise, resolve, reject, settled: false };
  const settle = () => {
    it.settled = true;
  };
  it.resolve = () => (settle(), resolve());
  it.reject = (error) => (settle(), reject(error));
  // A failure is shown in the element; nobody has to await the promise.
  promise.catch(() => {});
  return it;
}

/** The exhibits that the engine of one of them has. @param {string} exhibit */
export async function exhibits(exhibit) {
  return (await loadEngine(exhibit)).exhibits();
}
