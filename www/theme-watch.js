// Which theme an element shows, and the style its pictures are drawn in.

/** @import { Palette, Style } from "./ntk_playground.js" */

const THEMES = ["light", "dark", "projector"];
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @type {Set<HTMLElement & {themeChanged(): void}>} */
const watched = new Set();

function changed() {
  for (const element of watched) showTheme(element);
}
dark.addEventListener("change", changed);
new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });

/**
 * The theme of an element: its own attribute, else the page's, else the system's.
 * @param {HTMLElement} element
 */
function themeOf(element) {
  const own = element.getAttribute("theme") ?? "auto";
  if (THEMES.includes(own)) return own;
  const page = element.parentElement?.closest("[data-theme]")?.getAttribute("data-theme") ?? "";
  if (THEMES.includes(page)) return page;
  return dark.matches ? "dark" : "light";
}

/**
 * The style sheet takes the theme from `data-theme` on the element itself.
 * @param {HTMLElement & {themeChanged(): void}} element
 */
export function showTheme(element) {
  const theme = themeOf(element);
  if (element.dataset.theme === theme) return;
  element.dataset.theme = theme;
  element.themeChanged();
}

/** @param {HTMLElement & {themeChanged(): void}} element */
export function watchTheme(element) {
  watched.add(element);
  showTheme(element);
}

/** @param {HTMLElement & {themeChanged(): void}} element */
export function unwatchTheme(element) {
  watched.delete(element);
}

/** The token of every colour that the renderer asks for. @type {{[role in keyof Palette]: string}} */
const TOKENS = {
  ink: "ink", ink2: "ink-2", ink3: "ink-3", rule2: "rule-2", rule: "rule", ground: "ground",
  signal: "signal", signalTint: "signal-tint", noise: "noise", noiseTint: "noise-tint",
  test: "test", testTint: "test-tint",
};

/** @type {CanvasRenderingContext2D|null} */
let pen;

/**
 * Any CSS colour as #rrggbb, which is what the renderer reads.
 * @param {string} color
 */
function hex(color) {
  if (/^#[0-9a-f]{6}$/i.test(color)) return color;
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return "#000000";
  pen.fillStyle = "#000000";
  pen.fillStyle = color;
  const text = String(pen.fillStyle);
  if (text.startsWith("#")) return text;
  const parts = (text.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Math.round(Number(part)));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
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
  const palette = { ...TOKENS };
  for (const role of /** @type {(keyof Palette)[]} */ (Object.keys(TOKENS))) palette[role] = hex(token(TOKENS[role]));
  return {
    scale,
    fontFamily: token("sans"),
    fontSize: parseFloat(token("size-chart")) || 12,
    lineScale: parseFloat(token("line-scale")) || 1,
    hideValues: element.hasAttribute("hide-values"),
    palette,
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
