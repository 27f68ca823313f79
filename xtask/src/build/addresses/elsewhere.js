// Of a package or a single script, which may lie anywhere.

/** @type {import("../../../../www/addresses.js").Addresses} */
export const addresses = { home: null, files: null };
