// Of a single script that lies beside the page.

const script = /** @type {HTMLScriptElement|null} */ (document.currentScript);

/** @type {import("../../../../www/addresses.js").Addresses} */
export const addresses = { home: script?.src ? new URL("./", script.src).href : null, files: null };
