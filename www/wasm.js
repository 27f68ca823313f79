// The engines: WebAssembly instances that all elements of a page share.
// The initial engine has the first exhibit alone and is view-only, so that the
// page's first view loads little; the full engine has all exhibits, comparison
// runs, point editing and JSON. After a crash an instance's memory cannot be
// trusted, so whoever opens an exhibit from then on gets a fresh one; elements
// that still run keep theirs.

import { FIRST } from "./assets.js";
import { compile, load, LoadError } from "./faults.js";

/**
 * One instance of either engine. The build writes its types from the Rust code
 * (src/web, and the types.d.ts of the modules).
 * @typedef {typeof import("./ntk_spectrum.js") | typeof import("./ntk_playground.js")} Engine
 *
 * @typedef {import("./ntk_playground.js").Playground} FullPlayground an exhibit in the engine that has all there is
 * @typedef {import("./ntk_spectrum.js").Playground | FullPlayground} Playground
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

  /** Lets go of an instance that crashed. @param {Engine} dead */
  retire(dead) {
    if (this.#engine === dead) this.#current = this.#engine = undefined;
  }

  /** @returns {Promise<Engine>} */
  async #instantiate() {
    this.#compiled ??= compile(this.#name, this.#missed);
    const [{ instance }, module] = await Promise.all([load(/** @type {const} */ (`${this.#name}_instance`)), this.#compiled]);
    const engine = instance();
    const { memory } = await engine.default({ module_or_path: module }).catch((/** @type {Error} */ cause) => {
      throw new LoadError(`The engine could not be started (${cause.message}). Try again, or reload the page.`, { cause });
    });
    memories.set(engine, memory);
    this.#engine = engine;
    return engine;
  }
}

const first = new Source("ntk_spectrum");
const all = new Source("ntk_playground");

/** @param {string} exhibit @param {boolean} full */
const sourceOf = (exhibit, full) => (exhibit === FIRST && !full ? first : all);

/**
 * An engine that has an exhibit.
 * @param {string} exhibit
 * @param {boolean} full whether it must be the full engine
 * @returns {Promise<Engine>}
 */
export const loadEngine = (exhibit, full = false) => sourceOf(exhibit, full).load();

/** The same, if it is there already. @param {string} exhibit @param {boolean} full */
export const engineNow = (exhibit, full) => sourceOf(exhibit, full).now;

/** Lets go of an engine that crashed. @param {Engine} dead */
export function retireEngine(dead) {
  for (const source of [first, all]) source.retire(dead);
}
