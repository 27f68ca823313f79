// Which theme an element shows, and the style its pictures are drawn in.

import { isOn } from "./attributes.js";
import { behind, blend, hex, withReader } from "./colors.js";
import { around, once } from "./dom.js";
import { isPrinted } from "./print.js";
import { systemDark, themeAround, THEMES } from "./themes.js";

/** @import { Rgba } from "./colors.js" */
/** @import { Palette, Style } from "./ntk_playground.js" */

/** @type {Set<HTMLElement & {themeChanged(): void}>} */
const watched = new Set();

/** The theme that each element shows. @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** The theme that an element shows; none before its first picture. @param {Element} element */
export const shownTheme = (element) => shown.get(element);

function changed() {
  for (const element of watched) if (shown.has(element)) showTheme(element);
}

/** What says a theme may say another one: an attribute of an element around an exhibit. */
const outside = once(() => new MutationObserver(changed));
/** Listens from the first element on. */
const listen = once(() => systemDark().addEventListener("change", changed));

/** Watches what stands around the exhibits that there are. */
function watchOutside() {
  // What has not been told yet would be lost.
  if (outside().takeRecords().length) changed();
  outside().disconnect();
  for (const element of watched) {
    for (let at = around(element); at; at = around(at)) outside().observe(at, { attributes: true });
  }
}

/**
 * The theme of an element: its own attribute, else the page's.
 * @param {HTMLElement} element
 */
function themeOf(element) {
  // Print is on white, whatever the theme.
  if (isPrinted()) return "light";
  const own = element.getAttribute("theme") ?? "auto";
  return THEMES.includes(own) ? own : themeAround(element);
}

const hasStates = once(() => CSS.supports("selector(:state(dark))"));
/** @type {WeakMap<Element, ElementInternals>} */
const internals = new WeakMap();

/**
 * Tells the style sheet of an element its theme: by a state, which no framework
 * compares with the attributes that its server wrote, else by `data-theme`.
 * @param {HTMLElement} element
 * @param {string} theme
 */
function write(element, theme) {
  if (!hasStates()) {
    element.dataset.theme = theme;
    return;
  }
  const own = internals.get(element) ?? element.attachInternals();
  internals.set(element, own);
  for (const other of THEMES) own.states.delete(other);
  own.states.add(theme);
}

/** @param {HTMLElement & {themeChanged(): void}} element */
export function showTheme(element) {
  const theme = themeOf(element);
  if (shown.get(element) === theme) return;
  shown.set(element, theme);
  write(element, theme);
  element.themeChanged();
}

/**
 * Follows the theme once the element has shown it, which it does with its first
 * picture: until then a framework may still compare `data-theme` with what its server wrote.
 * @param {HTMLElement & {themeChanged(): void}} element
 */
export function watchTheme(element) {
  listen();
  watched.add(element);
  watchOutside();
  if (shown.has(element)) showTheme(element);
}

/** @param {HTMLElement & {themeChanged(): void}} element */
export function unwatchTheme(element) {
  watched.delete(element);
  watchOutside();
}

/** The token of every colour that the renderer asks for. @type {{[role in keyof Palette]: string}} */
const TOKENS = {
  ink: "ink", ink2: "ink-2", ink3: "ink-3", rule2: "rule-2", rule: "rule", ground: "ground",
  signal: "signal", signalTint: "signal-tint", noise: "noise", noiseTint: "noise-tint",
  test: "test", testTint: "test-tint",
};

const PLAIN = /^#[0-9a-f]{6}$/i;

/**
 * The colours of an element's tokens as #rrggbb, which is what the renderer reads.
 * A translucent colour is blended: the background with the page behind it, every
 * other colour with the background. An invalid colour is, as everywhere in CSS, that
 * of the text; an invalid background is transparent.
 * @param {Element} element
 * @param {(name: string) => string} token
 * @returns {Palette}
 */
function paletteOf(element, token) {
  const palette = { ...TOKENS };
  const roles = /** @type {(keyof Palette)[]} */ (Object.keys(TOKENS));
  for (const role of roles) palette[role] = token(TOKENS[role]);
  if (roles.every((role) => PLAIN.test(palette[role]))) return palette;
  withReader(element, (read) => {
    /** @type {[Rgba, Rgba]} */
    const [nothing, text] = [[0, 0, 0, 0], read("currentcolor") ?? [0, 0, 0, 1]];
    const background = read(palette.ground) ?? nothing;
    const opaque = background[3] < 1 ? blend(background, behind(element)) : background;
    for (const role of roles) palette[role] = hex(role === "ground" ? opaque : blend(read(palette[role]) ?? text, opaque));
  });
  return palette;
}

/**
 * The style for `draw()`, from the element's custom properties.
 * @param {Element} element
 * @param {number} scale device pixels for a CSS pixel
 * @returns {Style}
 */
export function readStyle(element, scale) {
  const computed = getComputedStyle(element);
  const token = (/** @type {string} */ name) => computed.getPropertyValue(`--ntk-${name}`).trim();
  return {
    scale,
    fontFamily: token("sans"),
    fontSize: parseFloat(token("size-chart")) || 12,
    lineScale: parseFloat(token("line-scale")) || 1,
    hideValues: isOn(element, "hide-values"),
    palette: paletteOf(element, token),
  };
}

/**
 * The style for the screen: at least two device pixels for a CSS pixel,
 * because the renderer's whole-pixel lines are jagged at one.
 * @param {Element} element
 */
export function pictureStyle(element) {
  return readStyle(element, Math.max(2, Math.ceil(devicePixelRatio)));
}
