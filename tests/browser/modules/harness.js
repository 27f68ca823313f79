// What the tests of the modules are made of, and what runs them in the page.

/** @typedef {{name: string, work: () => unknown}} Test */

/** Of the file that is loading. @type {Test[]} */
const tests = [];

/**
 * A test: it fails when its function throws, or does not end in time.
 * @param {string} name
 * @param {() => unknown} work
 */
export const test = (name, work) => tests.push({ name, work });

/** A value as text that tells apart what JSON does not. @param {unknown} value */
const text = (value) => JSON.stringify(value, (_, one) => {
  if (one === undefined) return "(undefined)";
  if (typeof one === "number" && (!Number.isFinite(one) || Object.is(one, -0))) return Object.is(one, -0) ? "(-0)" : `(${one})`;
  if (one instanceof Error) return `(${one.name}: ${one.message})`;
  if (one instanceof Map) return { map: [...one] };
  return one instanceof Set ? { set: [...one] } : one;
});

/**
 * Demands that two plain values are equal, however deep.
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} [what]
 */
export function equal(actual, expected, what = "") {
  const [one, other] = [text(actual), text(expected)];
  if (one !== other) throw new Error(`${what ? `${what}: ` : ""}${one} is not ${other}`);
}

/**
 * Demands that something holds.
 * @param {unknown} holds
 * @param {string} what
 */
export function ok(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}

/**
 * Demands that a text contains others.
 * @param {string|null|undefined} whole
 * @param {...string} parts
 */
export function contains(whole, ...parts) {
  for (const part of parts) ok(whole?.includes(part), `\u201c${whole}\u201d contains \u201c${part}\u201d`);
}

/**
 * Demands an Error, and gives its message.
 * @param {() => unknown} work
 * @returns {Promise<string>}
 */
export async function thrown(work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw new Error(`not an Error was thrown: ${error}`);
  }
  throw new Error(`nothing was thrown by ${work}`);
}

/**
 * Waits until something is there. The test's own limit ends it.
 * @template T
 * @param {() => T} look
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(look) {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 10));
  }
}

/**
 * An exhibit on the page, ready to run.
 * @param {{[attribute: string]: string}} attributes
 */
export async function exhibit(attributes = {}) {
  await import("../ntk-playground.js");
  const element = document.createElement("ntk-playground");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  await element.ready;
  return element;
}

/**
 * Stands in for an exhibit where a module asks its host for little.
 * @param {{[attribute: string]: string}} attributes
 * @param {{link?: string, step?: number, values?: {[knob: string]: string}}} [run]
 */
export function hostOf(attributes, { link = "exhibit=spectrum", step = 0, values = {} } = {}) {
  const host = document.createElement("div");
  for (const [name, value] of Object.entries(attributes)) host.setAttribute(name, value);
  host.attachShadow({ mode: "open" });
  document.body.append(host);
  const knobs = [["noise", "0.5"], ["seed", "12"], ["step-fraction", "0.5"], ["gate", "off"], ["widths", "64-64"], ["Odd.Name", "1"]]
    .map(([name, usual]) => ({ name, label: `The ${name}`, default: usual }));
  const views = ["fit", "eigenvalues", "residual", "loss", "history"].map((name) => ({ name, title: `View ${name}` }));
  const get = (/** @type {string} */ name) => values[name] ?? knobs.find((knob) => knob.name === name)?.default;
  const charts = Object.fromEntries(views.map(({ name }) => [name, { description: `What ${name} shows: a < b` }]));
  const svg = (/** @type {string} */ view) => `<svg>${view}</svg>`;
  return Object.assign(host, { knobs, views, charts, svg, get, link: () => link, stepCount: step, running: false });
}

/**
 * Runs the tests of a file; the page is empty before each.
 * @param {string} file
 * @param {number} limit of a test, in milliseconds
 * @returns {Promise<{count: number, failures: string[]}>} failures: name and message
 */
export async function run(file, limit) {
  tests.length = 0;
  try {
    await import(`./${file}`);
  } catch (error) {
    return { count: 0, failures: [`${file} does not load: ${error}`] };
  }
  const all = tests.splice(0);
  const failures = [];
  for (const { name, work } of all) {
    document.body.replaceChildren();
    let timer = 0;
    const late = new Promise((_, fail) => {
      timer = setTimeout(() => fail(new Error(`it has not ended after ${limit} ms`)), limit);
    });
    try {
      await Promise.race([late, (async () => work())()]);
    } catch (error) {
      failures.push(`${file}: ${name}: ${error instanceof Error ? error.message : error}`);
    }
    clearTimeout(timer);
  }
  document.body.replaceChildren();
  if (all.length === 0) failures.push(`${file} has no tests`);
  return { count: all.length, failures };
}
