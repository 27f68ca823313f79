// Where all pages of the site are in one document, one of them is shown: that of the
// place which the address names. The site itself has no use for this.

import { parametersOf, wordOf } from "./attributes.js";

const pages = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".page"));

/** The element that the address names. @returns {Element|null} */
function asked() {
  if (location.hash) return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const exhibit = wordOf(parametersOf(location.search).get("exhibit"));
  return exhibit === null ? null : document.querySelector(`ntk-playground[data-page][exhibit="${CSS.escape(exhibit)}"]`);
}

function show() {
  const place = asked();
  const shown = /** @type {HTMLElement} */ (place?.closest(".page") ?? pages[0]);
  for (const page of pages) page.hidden = page !== shown;
  document.title = shown.dataset.title ?? "";
  if (place && place !== shown) place.scrollIntoView();
  else scrollTo(0, 0);
}

addEventListener("hashchange", show);
show();
