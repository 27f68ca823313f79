// Where the page is that links lead to, and where the engines are. In a package and
// in a single file other modules stand here (xtask/src/build/places/).

/**
 * @typedef {object} Places
 * @property {string|null} home the page of all exhibits, or null where there is none
 * @property {string|null} files the folder of the engines, or null where they lie beside the scripts
 */

/** @type {Places} */
export const places = { home: new URL("../", import.meta.url).href, files: null };
