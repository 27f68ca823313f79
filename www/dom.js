// The few helpers that stand in for a framework.

/** @import { Span } from "./ntk_playground.js" */

/**
 * An element with attributes, listeners and children. `on*` is a listener,
 * `true` an empty attribute; false, null and undefined leave it out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {{[name: string]: string|number|boolean|null|undefined|(() => void)}} [attributes]
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Writes only what changed: most texts do not change in most frames.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Shows the engine's spans as HTML.
 * @param {Element} element
 * @param {Span[]} spans
 */
export function setSpans(element, spans) {
  const key = JSON.stringify(spans);
  if (shown.get(element) === key) return;
  shown.set(element, key);
  element.replaceChildren(...spans.map((span) => {
    let node = h(span.sub ? "sub" : span.strong ? "b" : "span", { class: span.role ? `role-${span.role}` : null }, span.text);
    if (span.italic) node = h("i", {}, node);
    return node;
  }));
}

const PATHS = {
  play: "M5 3.2v11.6L14.5 9z",
  pause: "M4.8 3.5h2.9v11H4.8z M10.3 3.5h2.9v11h-2.9z",
  step: "M3.5 3.5v11L11.5 9z M12.2 3.5h2v11h-2z",
};
const STROKES = {
  reset: "M4.2 8.2a5.2 5.2 0 1 1 .3 3.2 M3.6 4.4v4.1h4.1",
  more: "M3.5 6.5 9 12l5.5-5.5",
  close: "M4.5 4.5l9 9 M13.5 4.5l-9 9",
};

/**
 * An element of a picture.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {{[name: string]: string|number}} attributes
 * @param {...Node} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * An 18 px glyph in the colour of the text.
 * @param {keyof typeof PATHS | keyof typeof STROKES} name
 */
export const icon = (name) => svg("svg", { viewBox: "0 0 18 18", class: `icon icon-${name}`, "aria-hidden": "true" },
  svg("path", name in PATHS
    ? { d: PATHS[/** @type {keyof typeof PATHS} */ (name)], fill: "currentColor" }
    : { d: STROKES[/** @type {keyof typeof STROKES} */ (name)], fill: "none", stroke: "currentColor", "stroke-width": 1.6 }));

/**
 * Makes something when it is first asked for.
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
export function once(make) {
  /** @type {{value: T}|undefined} */
  let made;
  return () => (made ??= { value: make() }).value;
}

/**
 * A style sheet that the shadow roots of a document share, made when the first of
 * them asks: another document takes none of its sheets.
 * @typedef {(document: Document) => CSSStyleSheet|null} Sheet
 */

/** @param {string} text @returns {Sheet} */
export function sheet(text) {
  /** @type {WeakMap<Document, CSSStyleSheet>} */
  const made = new WeakMap();
  return (document) => {
    const known = made.get(document);
    // A document without a window shows nothing.
    if (known || !document.defaultView) return known ?? null;
    const result = new (viewOf(document.documentElement).CSSStyleSheet)();
    result.replaceSync(text);
    made.set(document, result);
    return result;
  };
}

/**
 * The window that a node is in. Observers of another window's nodes would be told
 * late, or not at all.
 * @param {Node} node
 * @returns {Window & typeof globalThis}
 */
export const viewOf = (node) => /** @type {Window & typeof globalThis} */ (node.ownerDocument?.defaultView ?? window);

/** The sheets that each shadow root has adopted. @type {WeakMap<ShadowRoot, Set<Sheet>>} */
const adopted = new WeakMap();

/** Gives a shadow root a style sheet, unless it has it. @param {ShadowRoot} root @param {Sheet} styles */
export function adoptSheet(root, styles) {
  const all = adopted.get(root) ?? new Set();
  if (all.has(styles)) return;
  adopted.set(root, all.add(styles));
  readoptSheets(root);
}

/** Gives a shadow root that is in another document now what it wore. @param {ShadowRoot} root */
export function readoptSheets(root) {
  root.adoptedStyleSheets = [...(adopted.get(root) ?? [])].flatMap((styles) => styles(root.ownerDocument) ?? []);
}

/** The next element outwards, through slots and shadow roots. @param {Element} element @returns {Element|null} */
export function around(element) {
  const parent = element.assignedSlot ?? element.parentNode;
  // By type and not by class: in another document classes are others.
  if (parent?.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return "host" in parent ? /** @type {ShadowRoot} */ (parent).host : null;
  return parent?.nodeType === Node.ELEMENT_NODE ? /** @type {Element} */ (parent) : null;
}

/** What an element of ours extends; on a server, which has no elements, nothing. @type {typeof HTMLElement} */
export const Host = globalThis.HTMLElement ?? class {};

/**
 * Defines an element, where there are elements. A page may include a script twice,
 * and an element can be defined only once.
 * @param {string} name
 * @param {CustomElementConstructor} type
 */
export function define(name, type) {
  if (globalThis.customElements && !customElements.get(name)) customElements.define(name, type);
}
