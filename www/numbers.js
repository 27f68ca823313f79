// The numbers of a chart as a table, and the chart as a file.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { fileName, save } from "./exports.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { Column } from "./ntk_playground.js" */

/** A table longer than this is read in a file. */
const MOST_ROWS = 400;

/** @param {number|undefined} value */
const words = (value) => {
  if (value === undefined) return "";
  // Not known, or not yet: a gap in the picture.
  if (!Number.isFinite(value)) return "\u2013";
  const size = Math.abs(value);
  const text = Number.isInteger(value) && size < 1e7 ? String(value)
    : size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(4) : String(Number(value.toPrecision(5)));
  return text.replace(/e\+?(-?\d+)/, (_, exponent) => `\u00d710${raised(exponent)}`).replaceAll("-", "\u2212");
};

/** @param {string} exponent */
const raised = (exponent) => exponent.replace(/[-\d]/g, (c) => "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[Number(c)] ?? "\u207b");

/** @param {Column[]} columns @param {string} name */
function table(columns, name) {
  const rows = Math.max(0, ...columns.map(({ values }) => values.length));
  const shown = Math.min(rows, MOST_ROWS);
  const body = Array.from({ length: shown }, (_, row) =>
    h("tr", {}, ...columns.map(({ values }) => h("td", {}, words(values[row])))));
  const head = h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column.name)));
  const scroll = h("div", { class: "numbers", tabindex: 0, role: "region", "aria-label": `Numbers of ${name}` },
    h("table", {}, h("thead", {}, head), h("tbody", {}, ...body)));
  const rest = rows > shown ? `The first ${shown} of ${rows} rows; the CSV has all.` : "";
  return [scroll, h("p", {}, rest)];
}

/**
 * @param {NtkPlayground} host
 * @param {string} view the one to begin with
 * @param {(work: () => unknown) => void} attempt shows an error as a sentence
 */
export function showNumbers(host, view, attempt) {
  const charts = host.charts;
  const description = h("p", {});
  const place = h("div", {});
  const menu = h("select", { "aria-label": "Chart", autofocus: true },
    ...host.views.map(({ name, title }) => h("option", { value: name, selected: name === view }, title)));
  const show = () => {
    const chart = charts[menu.value];
    description.textContent = chart.description;
    place.replaceChildren(...table(chart.columns, menu.selectedOptions[0].text));
  };
  const button = (/** @type {string} */ text, /** @type {() => unknown} */ act) =>
    h("button", { type: "button", class: "outline", onclick: () => attempt(act) }, text);
  const file = (/** @type {string} */ ending) => `${fileName(host)}-${menu.value}.${ending}`;
  menu.addEventListener("change", show);
  show();
  openDialog(/** @type {ShadowRoot} */ (host.shadowRoot), `Numbers at step ${host.stepCount}`,
    h("div", { class: "line" }, menu,
      button("Save SVG", () => save(file("svg"), host.svg(menu.value), "image/svg+xml")),
      button("Save PNG", async () => save(file("png"), await host.png(menu.value), "image/png"))),
    description, place);
}
