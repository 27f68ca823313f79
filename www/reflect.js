// Attributes whose name is also a property or a method of the element. React,
// Vue and others set a property where an element has one: what they set becomes
// the attribute, and the property or method stays what it is.

/**
 * Writes an attribute as a framework means it: nothing and `false` take it away,
 * `true` is the empty attribute, a list is its words.
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value
 */
export function reflect(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : Array.isArray(value) ? value.join(" ") : String(value));
}

/** Attributes and knobs that share their name with a property or a method. */
const SHARED = ["views", "step", "look", "twin"];

/**
 * Takes what was set as a property before the element was defined, which would hide
 * the property or the method of that name.
 * @param {Element & {[name: string]: any}} element
 */
export function takeOwn(element) {
  for (const name of SHARED.filter((one) => Object.hasOwn(element, one))) {
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}

/**
 * Lets properties and methods of a class take a value for the attribute of their name.
 * @param {object} prototype
 */
export function acceptValues(prototype) {
  for (const name of SHARED) {
    const own = Object.getOwnPropertyDescriptor(prototype, name);
    if (!own) continue;
    Object.defineProperty(prototype, name, {
      configurable: true,
      get: own.get ?? (() => own.value),
      /** @this {Element} @param {unknown} value */
      set(value) {
        reflect(this, name, value);
      },
    });
  }
}
