// Of a page that is a single file.

const page = new URL(location.href);
page.search = page.hash = "";

/** @type {import("../../../../www/places.js").Places} */
export const places = { home: page.href, files: null };
