// Paper: before a page is printed every exhibit on it draws one still picture, in
// the colours of ink.

import { once } from "./dom.js";

/** @type {Set<{printed(isPrinted: boolean): void}>} */
const elements = new Set();
let printed = false;

/** Whether the page is being printed. */
export const isPrinted = () => printed;

/** @param {boolean} now */
function tell(now) {
  if (printed === now) return;
  printed = now;
  for (const element of elements) element.printed(now);
}

const listen = once(() => {
  addEventListener("beforeprint", () => tell(true));
  addEventListener("afterprint", () => tell(false));
  matchMedia("print").addEventListener("change", ({ matches }) => tell(matches));
});

/** @param {{printed(isPrinted: boolean): void}} element */
export function watchPaper(element) {
  listen();
  elements.add(element);
}

/** @param {{printed(isPrinted: boolean): void}} element */
export const unwatchPaper = (element) => elements.delete(element);

/** Whether a page is laid out for paper as a whole, as reveal.js does for such an address: nothing on it comes near a screen. */
export const isForPaper = () => /[?&](print-pdf|view=print)\b/.test(location.search);

/** What stands on paper where nothing could be drawn in time. @param {string} exhibit */
export const absent = (exhibit) =>
  `Here stands an exhibit of ntk-playground (${exhibit}). It had not been loaded when this was printed. It is loaded now, so printing once more shows it.`;
