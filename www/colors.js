// Colours as the renderer reads them, #rrggbb, from any colour that CSS knows.

import { around } from "./dom.js";

/** Red, green, blue and how opaque, each from 0 to 1. @typedef {[red: number, green: number, blue: number, alpha: number]} Rgba */

/**
 * A colour as an element inside a root would show it. The browser itself does the
 * arithmetic: a mixture in sRGB is always reported in sRGB, whatever was mixed.
 * @param {Element} probe
 * @param {string} color
 * @returns {Rgba|null}
 */
function resolve(probe, color) {
  const style = /** @type {HTMLElement} */ (probe).style;
  style.color = "";
  style.color = color;
  if (CSS.supports("color", "color-mix(in srgb, red, red)")) style.color = `color-mix(in srgb, ${color}, ${color})`;
  return style.color ? parse(getComputedStyle(probe).color) : null;
}

/**
 * Reads `rgb(252, 252, 253)`, `rgba(0, 0, 0, 0.5)` and `color(srgb 0.98 0.98 1 / 0.5)`.
 * @param {string} text
 * @returns {Rgba|null}
 */
export function parse(text) {
  const [, space, inside] = /^(rgba?|color\(srgb)[( ](.*?)\)+$/.exec(text.trim()) ?? [];
  if (inside === undefined) return null;
  const numbers = inside.split(/[\s,/]+/).filter(Boolean).map((part) => (part === "none" ? 0 : parseFloat(part)));
  const [red, green, blue, alpha = 1] = numbers;
  const top = space === "color(srgb" ? 1 : 255;
  const within = (/** @type {number} */ value) => Math.min(Math.max(value, 0), 1);
  return [within(red / top), within(green / top), within(blue / top), within(alpha)];
}

/** @param {Rgba} over @param {Rgba} under @returns {Rgba} */
export function blend(over, under) {
  const alpha = over[3] + under[3] * (1 - over[3]);
  const mix = (/** @type {0|1|2} */ i) => (alpha === 0 ? 0 : (over[i] * over[3] + under[i] * under[3] * (1 - over[3])) / alpha);
  return [mix(0), mix(1), mix(2), alpha];
}

/** @param {Rgba} color */
export const hex = ([red, green, blue]) => `#${[red, green, blue].map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("")}`;

/**
 * What is behind an element: the backgrounds of all that it stands in, down to the
 * first that is opaque.
 * @param {Element} element
 * @returns {Rgba}
 */
export function behind(element) {
  /** @type {Rgba} */
  let seen = [0, 0, 0, 0];
  for (let at = /** @type {Element|null} */ (element); at && seen[3] < 1; at = around(at)) {
    const background = parse(getComputedStyle(at).backgroundColor);
    if (background) seen = blend(seen, background);
  }
  return blend(seen, canvasOf(element));
}

/** The colour of a page that sets none. @param {Element} element @returns {Rgba} */
function canvasOf(element) {
  const scheme = getComputedStyle(element.ownerDocument.documentElement).colorScheme.replace("only", "").trim();
  const dark = scheme === "dark" || (scheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? [18 / 255, 18 / 255, 18 / 255, 1] : [1, 1, 1, 1];
}

/**
 * Reads colours for an element.
 * @param {Element} element
 * @param {(read: (color: string) => Rgba|null) => void} work with a reader; null for what is no colour
 */
export function withReader(element, work) {
  const probe = element.ownerDocument.createElement("span");
  (element.shadowRoot ?? element).append(probe);
  try {
    work((color) => (color ? resolve(probe, color) : null));
  } finally {
    probe.remove();
  }
}
