// The other files of the page, which lie beside this one. In a page that is a
// single file another module stands here (xtask/src/standalone/assets.js).

/** The exhibit that has an engine of its own, so that it loads fast. @type {string} */
export const FIRST = "spectrum";

/** Where the page is. */
export const home = () => new URL("./", import.meta.url);

/** Where a file is. @param {string} file */
export const addressOf = (file) => new URL(file, import.meta.url).href;

/** @param {string} file @param {boolean} [anew] past whatever the browser has kept of it @returns {Promise<Response>} */
export const ask = (file, anew) => fetch(addressOf(file), anew ? { cache: "reload" } : {});

/**
 * The modules that are loaded on demand, by name without its ending.
 * @typedef {{
 *   "claims": typeof import("./claims.js"),
 *   "embed-dialog": typeof import("./embed-dialog.js"),
 *   "help": typeof import("./help.js"),
 *   "layouts": typeof import("./layouts.js"),
 *   "ledger": typeof import("./ledger.js"),
 *   "ntk_playground": typeof import("./ntk_playground.js"),
 *   "ntk_spectrum": typeof import("./ntk_spectrum.js"),
 *   "numbers": typeof import("./numbers.js"),
 *   "performance": typeof import("./performance.js"),
 *   "png": typeof import("./png.js"),
 *   "point-editor": typeof import("./point-editor.js"),
 *   "points-dialog": typeof import("./points-dialog.js"),
 *   "points-host": typeof import("./points-host.js"),
 *   "twin-dialog": typeof import("./twin-dialog.js"),
 * }} Modules
 */

/**
 * @template {keyof Modules} M
 * @param {M} module
 * @param {string} [again] a query: another one is another instance
 * @returns {Promise<Modules[M]>}
 */
export const load = (module, again = "") => import(`./${module}.js${again}`);
