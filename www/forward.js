// Links that were written before the chapters were pages of their own still arrive: one
// that names an exhibit or a section of another page goes on to it, query and place
// kept. A classic script, so that nothing is shown or loaded before.
(function () {
  var own = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  var pages = JSON.parse(own.pages ?? "{}");
  var query = new URLSearchParams(location.search.replace(/&(amp;)+/gi, "&"));
  // As in attributes.js: an address may have the end of a sentence on it.
  var exhibit = (query.get("exhibit") || "").toLowerCase().replace(/[\s.,;:!?)\]'"\u2026\u2019\u201d\u00bb]+$/, "");
  var wanted = exhibit || location.hash;
  var page = Object.prototype.hasOwnProperty.call(pages, wanted) ? pages[wanted] : own.here;
  if (page !== own.here) location.replace(page + location.search + location.hash);
})();
