// Which theme a page has, as far as an exhibit on it can tell.

import { behind } from "./colors.js";
import { around, once } from "./dom.js";

/** The themes of an exhibit. @type {readonly string[]} */
export const THEMES = ["light", "dark", "projector"];

/** Asked for late: this module may be imported where there is no window. */
export const systemDark = once(() => matchMedia("(prefers-color-scheme: dark)"));

/** Attributes in which pages say their theme: ours, Bootstrap's, Material for MkDocs', and what others use. */
const ATTRIBUTES = ["data-theme", "data-bs-theme", "data-md-color-scheme", "data-color-mode", "data-color-scheme", "data-mode"];
/** Values and classes that mean dark or light: the word itself, or as a part of a name. */
const DARK = /(^|[-_])(dark|slate|night|black)([-_]|$)/;
const LIGHT = /(^|[-_])(light|default|day|white)([-_]|$)/;
/** Classes say it only as a whole: `bg-dark` and `text-light` are about something else. */
const CLASSES = /^((theme|mode|scheme|color-scheme)[-_])?(dark|light)([-_](theme|mode|scheme))?$/;

/** @param {Element} element @returns {string|null} */
function said(element) {
  for (const name of ATTRIBUTES) {
    const value = (element.getAttribute(name) ?? "").toLowerCase();
    if (name === "data-theme" && THEMES.includes(value)) return value;
    if (DARK.test(value)) return "dark";
    if (LIGHT.test(value)) return "light";
  }
  for (const name of element.classList) {
    const [, , , scheme] = CLASSES.exec(name.toLowerCase()) ?? [];
    if (scheme) return scheme;
  }
  return null;
}

/** How bright a colour is to the eye, from 0 to 1 (the luma of sRGB). @param {import("./colors.js").Rgba} color */
const brightness = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/**
 * The theme of the page around an element: what the nearest one says that says
 * anything; else its color scheme; else what its background is.
 * @param {Element} element
 * @returns {string}
 */
export function themeAround(element) {
  for (let at = around(element); at; at = around(at)) {
    const theme = said(at);
    if (theme) return theme;
  }
  const outside = around(element) ?? element;
  const scheme = getComputedStyle(outside).colorScheme.replace("only", "").trim();
  if (scheme === "dark" || scheme === "light") return scheme;
  return brightness(behind(outside)) < 0.4 ? "dark" : "light";
}
