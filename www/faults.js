// What goes wrong, as errors with a sentence for a person; what is loaded on
// demand, and may not come; and the alerts in the element, each with a way on.

import * as assets from "./assets.js";

/** @import { Messages } from "./messages.js" */

/** The engine stopped in the middle of its work; only a restart helps. */
export class Trap extends Error {}

/** Something has not come; another attempt may bring it. */
export class Unloaded extends Error {}

/** The browser has not what it takes, however often it is asked. */
export class Lacking extends Error {}

const SINCE = "Chrome and Edge have it since version 96, Firefox since 101 and Safari since 16.4, unless it is switched off, as in lockdown mode.";

/** A module of one function that returns a vector. */
const VECTOR = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/**
 * How often a module has not come: some browsers ask no second time for an
 * address that has failed.
 * @type {Map<string, number>}
 */
const missed = new Map();

/**
 * @template {keyof import("./assets.js").Modules} M
 * @param {M} module
 * @param {string} [again] a query: another one is another instance
 * @returns {Promise<import("./assets.js").Modules[M]>}
 */
export async function load(module, again) {
  const misses = missed.get(module);
  try {
    return await assets.load(module, again ?? (misses ? `?again=${misses}` : ""));
  } catch (cause) {
    missed.set(module, (misses ?? 0) + 1);
    throw new Unloaded(`A part of this page, ${module}.js, could not be loaded; the network may be down. Try again, or load the page anew.`, { cause });
  }
}

/**
 * @param {string} name of the module, without its ending
 * @param {boolean} again whether it came damaged before
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(name, again) {
  if (typeof WebAssembly !== "object") {
    throw new Lacking(`This browser has no WebAssembly, in which the exhibit computes. ${SINCE}`);
  }
  const response = await assets.ask(`${name}_bg.wasm`, again).catch((cause) => {
    throw new Unloaded("The engine could not be loaded: nothing answered, so the network may be down.", { cause });
  });
  if (!response.ok) throw new Unloaded(`The engine could not be loaded: the server answered ${response.status}.`);
  try {
    // Only under its own media type does it compile while it comes.
    return await (response.headers.get("content-type") === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    throw WebAssembly.validate(new Uint8Array(VECTOR))
      ? new Unloaded("The engine could not be loaded: it came damaged, or something else came in its place.", { cause })
      : new Lacking(`The WebAssembly of this browser has no vectors (SIMD), with which the exhibit computes. ${SINCE}`, { cause });
  }
}

/** What goes wrong with one element. */
export class Faults {
  #host;
  #messages;

  /** @param {HTMLElement} host @param {Messages} messages */
  constructor(host, messages) {
    this.#host = host;
    this.#messages = messages;
  }

  /** Tells whoever listens. @param {Error} error */
  report(error) {
    this.#host.dispatchEvent(new CustomEvent("ntk-error", { bubbles: true, composed: true, detail: { error, message: error.message } }));
  }

  /**
   * The run cannot go on.
   * @param {Error} error
   * @param {string} where a restart begins
   * @param {() => void} restart
   */
  stopped(error, where, restart) {
    // Whatever is asked of it then fails as well: it is told once.
    if (!this.#messages.alert.hidden) return;
    this.report(error);
    this.#messages.fail(`${error.message} Restart begins ${where}.`, [["Restart", restart]]);
  }

  /**
   * Nothing opened.
   * @param {Error} error
   * @param {() => void} again
   * @param {() => Promise<() => void>} defaults what opens the exhibit at its defaults
   */
  async refused(error, again, defaults) {
    this.report(error);
    if (error instanceof Lacking) return this.#messages.fail(error.message, []);
    // What has not come says nothing against the settings.
    const plain = error instanceof Unloaded ? null : await defaults().catch(() => null);
    /** @type {import("./messages.js").Way[]} */
    const ways = plain ? [["Use the defaults", plain]] : [];
    if (!plain || error instanceof Trap) ways.unshift(["Try again", again]);
    this.#messages.fail(error.message, ways);
  }
}
