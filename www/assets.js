// The other files of the page, which lie beside this one. In a page that is a
// single file another module stands here (xtask/src/standalone/assets.js).

/** The exhibit that has an engine of its own, so that it loads fast. */
export const FIRST = "spectrum";

/** Where the page is. */
export const home = () => new URL("./", import.meta.url);

/** @param {string} file @param {boolean} [anew] past whatever the browser has kept of it @returns {Promise<Response>} */
export const ask = (file, anew) => fetch(new URL(file, import.meta.url), anew ? { cache: "reload" } : {});

/** @param {string} module without its ending @param {string} [again] a query: another one is another instance */
export const load = (module, again = "") => import(`./${module}.js${again}`);
