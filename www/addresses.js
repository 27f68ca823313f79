// Addresses of the page that links lead to, and of the engines. In a package and in
// a single file other modules take the place of this one (xtask/src/build/addresses/).

/**
 * @typedef {object} Addresses
 * @property {string|null} home the page of all exhibits, or null where there is none
 * @property {string|null} files the folder of the engines, or null where they lie beside the scripts
 */

/** @type {Addresses} */
export const addresses = { home: new URL("../", import.meta.url).href, files: null };
