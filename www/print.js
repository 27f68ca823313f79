// Printing: before a page is printed every exhibit on it draws its charts once, in
// the light theme.

import { once } from "./dom.js";

/** @type {Set<{printed(isPrinted: boolean): void}>} */
const elements = new Set();
let printed = false;

/** Whether the page is being printed. */
export const isPrinted = () => printed;

/** @param {boolean} now */
function setPrinted(now) {
  if (printed === now) return;
  printed = now;
  for (const element of elements) element.printed(now);
}

const listen = once(() => {
  addEventListener("beforeprint", () => setPrinted(true));
  addEventListener("afterprint", () => setPrinted(false));
  matchMedia("print").addEventListener("change", ({ matches }) => setPrinted(matches));
});

/** @param {{printed(isPrinted: boolean): void}} element */
export function watchPrint(element) {
  listen();
  elements.add(element);
}

/** @param {{printed(isPrinted: boolean): void}} element */
export const unwatchPrint = (element) => elements.delete(element);

/** Whether a page is laid out for paper as a whole, as reveal.js does for such an address: nothing on it comes near a screen. */
export const isForPrint = () => /[?&](print-pdf|view=print)\b/.test(location.search);

/** The text that is printed where nothing could be drawn in time. @param {string} exhibit */
export const absent = (exhibit) =>
  `An exhibit of ntk-playground (${exhibit}) stands here, but was not loaded in time. Print again to show it.`;
