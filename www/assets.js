// The other files of the page. Each is named in full, once, so that a bundler
// finds it. In a page that is a single file another module stands here
// (xtask/src/build/single/assets.js).

import { addresses } from "./addresses.js";

/** The exhibit that has an engine of its own, so that it loads fast. @type {string} */
export const FIRST = "spectrum";

/** The modules that are loaded on demand, by name without its ending. */
const MODULES = {
  "claims": () => import("./claims.js"),
  "embed-dialog": () => import("./embed-dialog.js"),
  "help": () => import("./help.js"),
  "layouts": () => import("./layouts.js"),
  "ledger": () => import("./ledger.js"),
  "ntk_playground_instance": () => import("./ntk_playground_instance.js"),
  "ntk_spectrum_instance": () => import("./ntk_spectrum_instance.js"),
  "numbers": () => import("./numbers.js"),
  "performance": () => import("./performance.js"),
  "png": () => import("./png.js"),
  "point-editor": () => import("./point-editor.js"),
  "points-dialog": () => import("./points-dialog.js"),
  "points-host": () => import("./points-host.js"),
  "compare-dialog": () => import("./compare-dialog.js"),
  "zip": () => import("./zip.js"),
};

/** @typedef {{ [M in keyof typeof MODULES]: Awaited<ReturnType<(typeof MODULES)[M]>> }} Modules */

/** What is fetched. */
const FILES = {
  "claims.json": new URL("./claims.json", import.meta.url),
  "ntk_playground_bg.wasm": new URL("./ntk_playground_bg.wasm", import.meta.url),
  "ntk_spectrum_bg.wasm": new URL("./ntk_spectrum_bg.wasm", import.meta.url),
};

/** @typedef {keyof typeof FILES} File */

/** This folder, which only the modules as we serve them share with this one. */
const here = import.meta.url;

/** @param {File} file */
export const addressOf = (file) => (addresses.files === null ? FILES[file] : new URL(file, addresses.files)).href;

/** @param {keyof Modules} module */
export const addressOfModule = (module) => new URL(`${module}.js`, here).href;

/** @param {File} file @param {boolean} [anew] past whatever the browser has kept of it @returns {Promise<Response>} */
export const ask = (file, anew) => fetch(addressOf(file), anew ? { cache: "reload" } : {});

/** Whether another version lies here by now, of which none of these files is a part. */
export async function isOutdated() {
  const version = /\/(v-[0-9a-f]+)\/[^/]*$/.exec(here)?.[1];
  if (!version) return false;
  const now = await fetch(new URL("../ntk-playground.js", here), { cache: "reload" }).then((response) => response.text(), () => "");
  return /"v-[0-9a-f]+"/.test(now) && !now.includes(`"${version}"`);
}

/**
 * @template {keyof Modules} M
 * @param {M} module
 * @param {number} missed how often it has not come
 * @returns {Promise<Modules[M]>}
 */
export async function load(module, missed) {
  try {
    return await /** @type {Promise<Modules[M]>} */ (MODULES[module]());
  } catch (cause) {
    if (missed === 0) throw cause;
    // Some browsers ask no second time for an address that has failed.
    return import(/* @vite-ignore */ /* webpackIgnore: true */ `${addressOfModule(module)}?again=${missed}`);
  }
}
