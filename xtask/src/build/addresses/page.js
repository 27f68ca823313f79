// Of a page that is a single file.

const page = new URL(location.href);
page.search = page.hash = "";

/** @type {import("../../../../www/addresses.js").Addresses} */
export const addresses = { home: page.href, files: null };
