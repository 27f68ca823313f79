// numbers.js: the table of the numbers behind a picture.

import { showNumbers } from "../numbers.js";
import { contains, equal, exhibit, ok, test, until } from "./harness.js";

/** A host with these columns in a view of this name. @param {{[view: string]: {name: string, values: (number|undefined)[]}[]}} charts */
function hostOf(charts) {
  const host = document.createElement("div");
  host.attachShadow({ mode: "open" });
  document.body.append(host);
  const views = Object.keys(charts).map((name) => ({ name, title: `The ${name}` }));
  const all = Object.entries(charts).map(([name, columns]) => [name, { columns, description: `All of ${name}.` }]);
  return Object.assign(host, { charts: Object.fromEntries(all), views, stepCount: 3 });
}

/** Cells of the table, row by row. @param {ShadowRoot} root */
const cells = (root) => [...root.querySelectorAll("dialog tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));

/** How a number is written. @param {(number|undefined)[]} values */
function written(values) {
  const host = hostOf({ one: [{ name: "x", values }] });
  showNumbers(host, "one", () => {});
  return cells(host.shadowRoot).map(([text]) => text);
}

test("numbers have five digits, and a true minus sign", () => {
  equal(written([0, -0, 1, -7, 0.5, -0.25, 1 / 3, 123456.789, 99999999]), ["0", "0", "1", "\u22127", "0.5", "\u22120.25", "0.33333", "123460", "1.0000\u00d710\u2078"]);
});

test("small and large ones have an exponent", () => {
  equal(written([1e-3, 9.99e-4, -1.23456789e-12, 5e-324, 1e7, 9999999, 1.7976931348623157e308]),
    ["0.001", "9.9900\u00d710\u207b\u2074", "\u22121.2346\u00d710\u207b\u00b9\u00b2", "4.9407\u00d710\u207b\u00b3\u00b2\u2074", "1.0000\u00d710\u2077", "9999999", "1.7977\u00d710\u00b3\u2070\u2078"]);
});

test("what is not known is a dash", () => {
  equal(written([NaN, Infinity, -Infinity]), ["\u2013", "\u2013", "\u2013"]);
});

test("a column that ends early has empty cells", () => {
  const host = hostOf({ one: [{ name: "x", values: [1, 2] }, { name: "y", values: [3] }, { name: "z", values: [] }] });
  showNumbers(host, "one", () => {});
  equal(cells(host.shadowRoot), [["1", "3", ""], ["2", "", ""]]);
});

test("a view without numbers is an empty table", () => {
  const host = hostOf({ none: [], one: [{ name: "x", values: [1] }] });
  showNumbers(host, "none", () => {});
  equal(cells(host.shadowRoot), []);
});

test("a long table ends, and says so", () => {
  const host = hostOf({ one: [{ name: "x", values: Array.from({ length: 1234 }, (_, i) => i) }] });
  showNumbers(host, "one", () => {});
  equal(cells(host.shadowRoot).length, 400);
  contains(host.shadowRoot.textContent, "The first 400 of 1234 rows; the CSV has all.", "All of one.", "Numbers at step 3");
});

test("names of columns and titles are text", () => {
  const text = "<img src=x onerror=1>\"'";
  const host = hostOf({ [text]: [{ name: text, values: [1] }] });
  showNumbers(host, text, () => {});
  const root = host.shadowRoot;
  equal([root.querySelectorAll("img").length, root.querySelector("th").textContent, root.querySelector("select").value], [0, text, text]);
  equal(root.querySelector("[role=region]").getAttribute("aria-label"), `Numbers of The ${text}`);
});

test("an unknown view opens the first", () => {
  const host = hostOf({ one: [], two: [] });
  showNumbers(host, "three", () => {});
  equal(host.shadowRoot.querySelector("select").value, "one");
});

/** Every view in turn: what the menu shows, heads, rows, and the columns themselves. @param {HTMLElement} element */
function* shown(element) {
  const root = element.shadowRoot;
  const menu = root.querySelector("dialog select");
  for (const option of menu.options) {
    menu.value = option.value;
    menu.dispatchEvent(new Event("change"));
    yield { view: option.value, columns: element.charts[option.value].columns, rows: cells(root), heads: [...root.querySelectorAll("dialog thead th")].map((head) => head.textContent) };
  }
}

test("the table has the numbers of the picture from which it was opened", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  element.step(30);
  const picture = element.shadowRoot.querySelector("[data-view=eigenvalues] canvas");
  picture.dispatchEvent(new KeyboardEvent("keydown", { key: "t", bubbles: true, cancelable: true }));
  await until(() => element.shadowRoot.querySelector("dialog[open] table"));
  equal(element.shadowRoot.querySelector("dialog select").value, "eigenvalues");
  const far = (/** @type {string} */ text, /** @type {number|undefined} */ value) =>
    value != null && Math.abs(Number(text.replaceAll("\u2212", "-")) - value) > 1e-4 * Math.abs(value) + 1e-12;
  let views = 0;
  for (const { view, columns, rows, heads } of shown(element)) {
    views += 1;
    equal(heads, columns.map(({ name }) => name), view);
    ok(rows.length > 0, `${view} has rows`);
    rows.forEach((row, i) => row.forEach((text, j) => ok(!far(text, columns[j].values[i]), `${view}: ${text} for ${columns[j].values[i]}`)));
  }
  equal(views, element.views.length);
});

test("the table of an exhibit shows a dash for what is not known", async () => {
  const element = await exhibit({ exhibit: "bias" });
  element.step(3);
  element.press("t");
  await until(() => element.shadowRoot.querySelector("dialog[open] table"));
  /** @type {{known: string[], unknown: string[]}} */
  const texts = { known: [], unknown: [] };
  for (const { columns, rows } of shown(element)) {
    rows.forEach((row, i) => row.forEach((text, j) => {
      const value = columns[j].values[i];
      if (value !== undefined) texts[Number.isFinite(value) ? "known" : "unknown"].push(text);
    }));
  }
  const kinds = (/** @type {string[]} */ words) => [...new Set(words.map((text) => (/^\u2212?[0-9]/.test(text) ? "number" : text)))];
  equal([kinds(texts.known), kinds(texts.unknown)], [["number"], ["\u2013"]]);
});
