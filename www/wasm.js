// Loads the engines: WebAssembly instances that all elements of a page share.
// There are two of them. One has the first exhibit alone, and of it only what
// is there to be watched, so that the page's first view loads little; the other
// has all. After a trap an instance's memory
// cannot be trusted, so the element that hit it asks for a fresh one; elements
// that still run keep theirs.

import { ask, FIRST, load } from "./assets.js";

/** @import { Engine } from "./types.js" */

class Source {
  /** @type {Promise<WebAssembly.Module>|undefined} */
  #compiled;
  /** @type {Promise<Engine>|undefined} */
  #current;
  #instances = 0;
  #name;

  /** @param {string} name of the module, without its ending */
  constructor(name) {
    this.#name = name;
  }

  /** The shared instance. @returns {Promise<Engine>} */
  load() {
    this.#current ??= this.#instantiate().catch((error) => {
      // Being offline for a moment must not spoil the next attempt.
      this.#current = this.#compiled = undefined;
      throw error;
    });
    return this.#current;
  }

  /** Puts a fresh instance in the place of one that trapped. @param {Engine} dead */
  async replace(dead) {
    if ((await this.load()) === dead) this.#current = undefined;
    return this.load();
  }

  /** @returns {Promise<WebAssembly.Module>} */
  async #compile() {
    const response = await ask(`${this.#name}_bg.wasm`);
    if (!response.ok) throw new Error(`The engine could not be loaded (${response.status}).`);
    // A server that does not know the media type of .wasm rules out streaming.
    return response.headers.get("content-type")?.startsWith("application/wasm")
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  }

  /** @returns {Promise<Engine>} */
  async #instantiate() {
    if (typeof WebAssembly !== "object") {
      throw new Error("This browser has no WebAssembly, which the exhibit needs to run.");
    }
    this.#compiled ??= this.#compile();
    this.#instances += 1;
    // The bindings hold their instance in module scope: another address makes
    // another module, and with it another instance.
    const again = this.#instances === 1 ? "" : `?instance=${this.#instances}`;
    const [engine, module] = await Promise.all([load(this.#name, again), this.#compiled]);
    await engine.default({ module_or_path: module });
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

/**
 * Puts a fresh engine in the place of one that trapped.
 * @param {string} exhibit
 * @param {boolean} whole
 * @param {Engine} dead
 * @returns {Promise<Engine>}
 */
export const replaceEngine = (exhibit, whole, dead) => sourceOf(exhibit, whole).replace(dead);

/**
 * Whether an error means that the engine stopped in the middle of its work.
 * @param {unknown} error
 */
export function isTrap(error) {
  return error instanceof WebAssembly.RuntimeError
    // What wasm-bindgen says when an object is used again after a trap.
    || (error instanceof Error && /recursive use of an object|null pointer passed to rust/.test(error.message));
}
