// What goes wrong, as errors with a sentence for a person; what is loaded on
// demand, and may not come; and the alerts in the element, each with a way on.

import * as assets from "./assets.js";

/** @import { Messages } from "./messages.js" */

/** The engine crashed; only a restart helps. */
export class EngineCrash extends Error {}

/** A file did not load; another attempt may load it. */
export class LoadError extends Error {}

/** The browser lacks what the exhibit needs; no attempt helps. */
export class Unsupported extends Error {}

const SINCE = "Chrome and Edge have it since version 96, Firefox since 101 and Safari since 16.4, unless it is switched off, as in lockdown mode.";

/** A module of one function that returns a vector. */
const VECTOR = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

const RENEWED = "This exhibit was updated on its server after this page was opened. Reload the page.";

/** How often a module has not come. @type {Map<string, number>} */
const missed = new Map();

/**
 * @template {keyof import("./assets.js").Modules} M
 * @param {M} module
 * @returns {Promise<import("./assets.js").Modules[M]>}
 */
export async function load(module) {
  const misses = missed.get(module) ?? 0;
  try {
    return await assets.load(module, misses);
  } catch (cause) {
    missed.set(module, misses + 1);
    if (await assets.isOutdated()) throw new LoadError(RENEWED, { cause });
    throw new LoadError(`A part of this page could not be loaded: ${assets.addressOfModule(module)}. The network may be down. Try again, or reload the page.`, { cause });
  }
}

/** The least module that there is. */
const EMPTY = [0, 97, 115, 109, 1, 0, 0, 0];

/** Whether the policy of the page lets WebAssembly be: to validate is always allowed, and WebKit refuses only an instance. */
function mayCompile() {
  try {
    return !WebAssembly.validate(new Uint8Array(EMPTY)) || Boolean(new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(EMPTY))));
  } catch {
    return false;
  }
}

/**
 * Listens whether the policy of the page refuses an address; the answer ends that.
 * @param {string} address
 * @returns {() => Promise<boolean>}
 */
function policyRefuses(address) {
  let refused = false;
  const hear = (/** @type {SecurityPolicyViolationEvent} */ { blockedURI }) => {
    refused ||= address.startsWith(blockedURI);
  };
  document.addEventListener("securitypolicyviolation", hear);
  return async () => {
    // The event may come later than the failure.
    await new Promise((done) => setTimeout(done, 50));
    document.removeEventListener("securitypolicyviolation", hear);
    return refused;
  };
}

/**
 * Why nothing came from an address.
 * @param {string} address
 * @param {boolean} refused by the policy of the page
 * @param {unknown} cause
 */
async function unanswered(address, refused, cause) {
  const { protocol, origin } = new URL(address);
  if (protocol === "file:") {
    return new Unsupported("A page opened from a disk cannot load the engine. Serve its folder with a web server, or open the single file, ntk-playground.html.", { cause });
  }
  if (refused) {
    return new Unsupported(`The content security policy of this page forbids the request for the engine, ${address}. Add ${origin === location.origin ? "'self'" : origin} to its connect-src.`, { cause });
  }
  if (origin !== location.origin) {
    // Whoever answers a request whose answer cannot be read is there.
    const there = await fetch(address, { mode: "no-cors" }).then(() => true, () => false);
    if (there) return new LoadError(`The engine could not be loaded: ${origin} answers, but does not let this page read the answer. It has to send Access-Control-Allow-Origin with ${address}.`, { cause });
  }
  return new LoadError(`The engine could not be loaded: nothing answered at ${address}, so the network may be down.`, { cause });
}

/**
 * @param {"ntk_spectrum"|"ntk_playground"} name of the engine
 * @param {boolean} again whether it came damaged before
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(name, again) {
  if (typeof WebAssembly !== "object") {
    throw new Unsupported(`This browser has no WebAssembly, which the exhibit needs. ${SINCE}`);
  }
  if (!mayCompile()) {
    throw new Unsupported("The content security policy of this page forbids WebAssembly, which the exhibit needs. Add 'wasm-unsafe-eval' to its script-src.");
  }
  const file = /** @type {const} */ (`${name}_bg.wasm`);
  const refused = policyRefuses(assets.addressOf(file));
  const response = await assets.ask(file, again).catch(async (cause) => {
    throw await unanswered(assets.addressOf(file), await refused(), cause);
  });
  void refused();
  if (!response.ok && await assets.isOutdated()) throw new LoadError(RENEWED);
  if (!response.ok) throw new LoadError(`The engine could not be loaded: the server answered ${response.status} for ${assets.addressOf(file)}.`);
  try {
    // Only under its own media type does it compile while it comes.
    return await (response.headers.get("content-type") === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    throw WebAssembly.validate(new Uint8Array(VECTOR))
      ? new LoadError(`The engine could not be loaded: it came damaged, or something else came instead, from ${assets.addressOf(file)}.`, { cause })
      : new Unsupported(`The WebAssembly of this browser has no vectors (SIMD), which the exhibit needs. ${SINCE}`, { cause });
  }
}

/** What goes wrong with one element. */
export class Faults {
  #host;
  #messages;
  #crashed;
  #shown;

  /**
   * @param {HTMLElement} host
   * @param {Messages} messages
   * @param {{crashed: (error: Error) => void, shown: () => void}} callbacks crashed: the
   *   run cannot go on; shown: draws the exhibit, as a control may show what was refused
   */
  constructor(host, messages, { crashed, shown }) {
    this.#host = host;
    this.#messages = messages;
    this.#crashed = crashed;
    this.#shown = shown;
  }

  /** Shows a crash in the element before the caller sees it. @template T @param {() => T} work @returns {T} */
  guard(work) {
    try {
      return work();
    } catch (error) {
      if (error instanceof EngineCrash) this.#crashed(error);
      throw error;
    }
  }

  /** For what a person does in the element: errors become sentences in it. @param {() => unknown} work */
  attempt(work) {
    const failed = (/** @type {Error} */ error) => {
      if (error instanceof EngineCrash) return this.#crashed(error);
      this.#messages.remark([error.message]);
      this.report(error);
      this.#shown();
    };
    try {
      const doing = work();
      if (doing instanceof Promise) doing.catch(failed);
    } catch (error) {
      failed(/** @type {Error} */ (error));
    }
  }

  /** Tells whoever listens. @param {Error} error */
  report(error) {
    this.#host.dispatchEvent(new CustomEvent("ntk-error", { bubbles: true, composed: true, detail: { error, message: error.message } }));
  }

  /**
   * The run cannot go on.
   * @param {Error} error
   * @param {string} restarts what a restart does
   * @param {() => void} restart
   */
  stopped(error, restarts, restart) {
    // Whatever is asked of it then fails as well: it is reported once.
    if (!this.#messages.alert.hidden) return;
    this.report(error);
    this.#messages.fail(`${error.message} Restart ${restarts}.`, [["Restart", restart]]);
  }

  /**
   * Nothing opened.
   * @param {Error} error
   * @param {() => void} again
   * @param {() => Promise<() => void>} defaults what opens the exhibit at its defaults
   */
  async refused(error, again, defaults) {
    this.report(error);
    // The author of a page looks in the console.
    if (error instanceof Unsupported || error instanceof LoadError) console.error(`ntk-playground: ${error.message}`);
    if (error instanceof Unsupported) return this.#messages.fail(error.message, []);
    // What has not come says nothing against the settings.
    const plain = error instanceof LoadError ? null : await defaults().catch(() => null);
    /** @type {import("./messages.js").Way[]} */
    const ways = plain ? [["Use the defaults", plain]] : [];
    if (!plain || error instanceof EngineCrash) ways.unshift(["Try again", again]);
    this.#messages.fail(error.message, ways);
  }
}
