// Where the views and controls of each exhibit stand. Only arrangement lives
// here: what a knob is, its range and its words come from its declaration.

import { load } from "./faults.js";

/**
 * @typedef {object} ToolbarItem
 * @property {string} knob
 * @property {"seed"|"switch"|"now"|"set"|"menu"} [as] a special control; by default the kind decides.
 *   now: a button that sets the knob to the present step; set: one that sets it to `on`
 * @property {string} [label] words above the control, if not the knob's own
 * @property {string} [action] words of the button that draws a fresh seed, or sets the present step
 * @property {string} [on] value of a switch that is on, or that a button sets
 * @property {string} [off] value of a switch that is off
 * @property {"bar"|"late"} [place] bar: stays in the thumb's bar on a phone;
 *   late: the first to move into More where the toolbar is short
 * @property {boolean} [more] shown in More as well, with its full choice
 * @property {string} [claims] words of a button above the claims that sets the knob to `on`: what
 *   verdicts wait for
 *
 * @typedef {object} Cell
 * @property {string} view
 * @property {"left"|"right"|"full"} [column]
 * @property {boolean} [short] lower than the others
 * @property {boolean} [below] stands below the toolbar, as views of full width do
 *
 * @typedef {object} Layout
 * @property {Cell[]} cells in reading order, which is the order of one column
 * @property {ToolbarItem[]} toolbar
 * @property {{[knob: string]: string}} draws knobs in More with a button for a fresh seed
 */

/** @type {Layout} */
const SPECTRUM = {
  cells: [
    { view: "fit", column: "left" },
    { view: "eigenvalues", column: "right" },
    { view: "residual", column: "right", short: true },
    { view: "loss", column: "left", short: true },
    { view: "history", column: "full", short: true },
  ],
  toolbar: [
    { knob: "noise", place: "bar" },
    { knob: "seed", as: "seed", label: "Data", action: "New data" },
    { knob: "step-fraction" },
    { knob: "gate", as: "switch", on: "hard", off: "off", place: "bar", more: true },
    { knob: "widths", place: "late" },
  ],
  draws: { "weight-seed": "New weights" },
};

/** The table of the others, which the first view does not load. @type {{[exhibit: string]: Layout}} */
let others = {};

/** Loads what is known of an exhibit's layout. @param {string} exhibit */
export async function loadLayout(exhibit) {
  if (exhibit !== "spectrum") others = (await load("layouts")).LAYOUTS;
}

/** Whether it is known. @param {string} exhibit */
export const hasLayout = (exhibit) => exhibit === "spectrum" || exhibit in others;

/**
 * The layout of an exhibit that was loaded; one that has no entry gets a plain one.
 * @param {string} exhibit
 * @param {string[]} views
 * @param {string[]} knobs
 * @returns {Layout}
 */
export function layoutOf(exhibit, views, knobs) {
  const known = exhibit === "spectrum" ? SPECTRUM : others[exhibit];
  if (!known) {
    const toolbar = knobs.slice(0, 4).map((knob, i) => ({ knob, place: i < 2 ? /** @type {const} */ ("bar") : undefined }));
    return { cells: views.map((view) => ({ view })), toolbar, draws: {} };
  }
  const listed = new Set(known.cells.map((cell) => cell.view));
  return {
    // A view that the table has not heard of must not vanish.
    cells: [
      ...known.cells.filter((cell) => views.includes(cell.view)),
      ...views.filter((view) => !listed.has(view)).map((view) => ({ view, column: /** @type {const} */ ("full"), short: true })),
    ],
    toolbar: known.toolbar.filter((item) => knobs.includes(item.knob)),
    draws: known.draws,
  };
}
