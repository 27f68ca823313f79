// Of a single script that lies beside the page.

const script = /** @type {HTMLScriptElement|null} */ (document.currentScript);

/** @type {import("../../../../www/places.js").Places} */
export const places = { home: script?.src ? new URL("./", script.src).href : null, files: null };
