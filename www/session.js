// One opened exhibit, guarded: whatever goes wrong inside comes out as an
// Error with a sentence, and a crash never reaches the frame loop unexplained.

import { EngineCrash } from "./faults.js";
import { engineNow, loadEngine, retireEngine } from "./wasm.js";

/** @import { Knob } from "./ntk_playground.js" */
/** @import { Engine, Playground } from "./wasm.js" */

export class Session {
  #engine;
  #playground;
  #dead = false;
  /** @type {Map<string, string>} */
  #values = new Map();
  /** The second run, as it stands in a link. */
  #comparison = "";

  /** @param {Engine} engine @param {Playground} playground */
  constructor(engine, playground) {
    this.#engine = engine;
    this.#playground = playground;
    this.knobs = playground.knobs();
    this.views = playground.views();
    this.recordSettings();
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

  /** Whether it runs in the full engine: second runs, points to edit, files of weights. */
  get isFull() {
    return "twin" in this.#playground;
  }

  /**
   * The same run at the same step, in the full engine.
   * @param {string} exhibit
   */
  async migrated(exhibit) {
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
    if (this.#comparison) query.set("beside", this.#comparison);
    return Session.#opened(await loadEngine(exhibit, this.isFull), exhibit, query.toString());
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
    if (this.#dead) throw new EngineCrash("This exhibit has stopped; restart it first.");
    try {
      return work(this.#playground);
    } catch (error) {
      const sentence = asError(error, this.#engine);
      if (sentence instanceof EngineCrash) this.#dead = true;
      throw sentence;
    }
  }

  /** Reads all that was set once; a run changes none of it. */
  recordSettings() {
    this.call((p) => {
      for (const { name } of this.knobs) this.#values.set(name, p.get(name));
      const twin = "twinned" in p && p.twinned();
      this.#comparison = twin ? `${twin.knob}.${twin.value}` : "";
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
    // After a crash the object is locked for good: freeing it would throw.
    if (!this.#dead) this.#playground.free();
    this.#dead = true;
  }
}

/**
 * @param {unknown} error
 * @param {Engine} engine
 */
function asError(error, engine) {
  // The engine's own errors leave it usable. Whatever else is thrown in it (a
  // trap, a stack overflow, a canvas that throws) has interrupted its work, and
  // so has what keeps it from being used again.
  const { constructor, message } = /** @type {Error} */ (error);
  if (error instanceof EngineCrash || (constructor === Error && !/recursive use of an object|null pointer passed to rust/.test(message))) return /** @type {Error} */ (error);
  retireEngine(engine);
  let cause = constructor === WebAssembly.RuntimeError ? "" : message;
  try {
    cause = engine.lastPanic() ?? cause;
  } catch {
    // It has no room left to answer.
  }
  return new EngineCrash(cause ? `The engine crashed: ${cause.replace("panicked at ", "").replaceAll("\n", " ").replace(/\.?$/, ".")}`
    : "The engine crashed without a message, probably out of memory.", { cause: error });
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
