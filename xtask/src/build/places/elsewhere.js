// Of a package or a single script, which may lie anywhere.

/** @type {import("../../../../www/places.js").Places} */
export const places = { home: null, files: null };
