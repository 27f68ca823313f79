// The engines: WebAssembly instances that all elements of a page share.
// There are two of them. One has the first exhibit alone, and of it only what
// is there to be watched, so that the page's first view loads little; the other
// has all. After a trap an instance's memory
// cannot be trusted, so whoever opens an exhibit from then on gets a fresh one;
// elements that still run keep theirs.

import { FIRST } from "./assets.js";
import { compile, load, Unloaded } from "./faults.js";

/**
 * One instance of either engine. The build writes its types from the Rust code
 * (src/web, and the types.d.ts of the modules).
 * @typedef {typeof import("./ntk_spectrum.js") | typeof import("./ntk_playground.js")} Engine
 *
 * @typedef {import("./ntk_playground.js").Playground} WholePlayground an exhibit in the engine that has all there is
 * @typedef {import("./ntk_spectrum.js").Playground | WholePlayground} Playground
 */

/** @type {WeakMap<Engine, WebAssembly.Memory>} */
const memories = new WeakMap();

/** Bytes that an engine has of the browser's memory. @param {Engine} engine */
export const memoryOf = (engine) => memories.get(engine)?.buffer.byteLength ?? 0;

class Source {
  /** @type {Promise<WebAssembly.Module>|undefined} */
  #compiled;
  /** @type {Promise<Engine>|undefined} */
  #current;
  /** The same, once it is there. @type {Engine|undefined} */
  #engine;
  #missed = false;
  #name;

  /** @param {"ntk_spectrum"|"ntk_playground"} name */
  constructor(name) {
    this.#name = name;
  }

  /** The shared instance. @returns {Promise<Engine>} */
  load() {
    this.#current ??= this.#instantiate().catch((error) => {
      // Being offline for a moment must not spoil the next attempt.
      this.#current = this.#compiled = undefined;
      this.#missed = true;
      throw error;
    });
    return this.#current;
  }

  /** The shared instance, if it is there already. */
  get now() {
    return this.#engine;
  }

  /** Lets go of an instance that trapped. @param {Engine} dead */
  retire(dead) {
    if (this.#engine === dead) this.#current = this.#engine = undefined;
  }

  /** @returns {Promise<Engine>} */
  async #instantiate() {
    this.#compiled ??= compile(this.#name, this.#missed);
    const [{ instance }, module] = await Promise.all([load(/** @type {const} */ (`${this.#name}_instance`)), this.#compiled]);
    const engine = instance();
    const { memory } = await engine.default({ module_or_path: module }).catch((/** @type {Error} */ cause) => {
      throw new Unloaded(`The engine could not be started (${cause.message}). Try again, or load the page anew.`, { cause });
    });
    memories.set(engine, memory);
    this.#engine = engine;
    return engine;
  }
}

const first = new Source("ntk_spectrum");
const all = new Source("ntk_playground");

/** @param {string} exhibit @param {boolean} whole */
const sourceOf = (exhibit, whole) => (exhibit === FIRST && !whole ? first : all);

/**
 * An engine that has an exhibit.
 * @param {string} exhibit
 * @param {boolean} whole whether it must have all there is
 * @returns {Promise<Engine>}
 */
export const loadEngine = (exhibit, whole = false) => sourceOf(exhibit, whole).load();

/** The same, if it is there already. @param {string} exhibit @param {boolean} whole */
export const engineNow = (exhibit, whole) => sourceOf(exhibit, whole).now;

/** Lets go of an engine that trapped. @param {Engine} dead */
export function retireEngine(dead) {
  for (const source of [first, all]) source.retire(dead);
}
