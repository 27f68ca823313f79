// Where the views and controls of the exhibits further down stand.

/** @import { Layout, ToolbarItem } from "./layout.js" */

/** What every race has: the rule on trial, and repetition, as one seed decides nothing. @type {ToolbarItem[]} */
const TRIAL = [
  { knob: "arm2.rule", as: "menu", label: "Arm 2", more: true },
  { knob: "seeds", as: "set", on: "8", label: "Repeat", action: "With 8 seeds", more: true, claims: "Repeat with 8 seeds" },
  { knob: "seed", as: "seed", label: "Data", action: "New data" },
];

/** @type {{[exhibit: string]: Layout}} */
export const LAYOUTS = {
  channel: {
    cells: [
      { view: "prediction", column: "left" },
      { view: "spectrum", column: "right" },
      { view: "dissipation", column: "right", short: true },
      { view: "visibility", column: "left", short: true },
      { view: "unlearned", column: "left", short: true, below: true },
      { view: "rotation", column: "right", short: true, below: true },
      { view: "mode", column: "full", short: true },
    ],
    toolbar: [
      { knob: "noise", place: "bar" },
      { knob: "seed", as: "seed", label: "Data", action: "New data" },
      { knob: "step-fraction" },
      { knob: "window", as: "now", label: "Window from", action: "Start here" },
      { knob: "activation", place: "late" },
    ],
    draws: { "weight-seed": "New weights" },
  },
  reservoir: {
    cells: [
      { view: "dimension", column: "left", short: true },
      { view: "gap", column: "right", short: true },
      { view: "leak", column: "left", short: true },
      { view: "noise", column: "right", short: true },
    ],
    toolbar: [
      { knob: "sweep", place: "bar" },
      { knob: "noise" },
      { knob: "seeds" },
      { knob: "threshold", place: "late" },
    ],
    draws: { seed: "New seeds" },
  },
  matrix: {
    cells: [
      { view: "singular-values", column: "left" },
      { view: "matrix", column: "right" },
      { view: "errors", column: "left", short: true },
      { view: "rank", column: "right", short: true },
    ],
    toolbar: [
      { knob: "depth", place: "bar" },
      { knob: "init-scale" },
      { knob: "seed", as: "seed", label: "Data", action: "New matrix" },
      { knob: "observed", label: "Observed" },
      { knob: "rank", place: "late" },
    ],
    draws: { "weight-seed": "New factors" },
  },
  bias: {
    cells: [
      { view: "fixed-order", column: "left" },
      { view: "integrated-order", column: "right" },
      { view: "distance", column: "left", short: true },
      { view: "errors", column: "right", short: true },
    ],
    toolbar: [
      { knob: "init-scale", place: "bar" },
      { knob: "widths" },
      { knob: "seed", as: "seed", label: "Data", action: "New data" },
      { knob: "data" },
      { knob: "noise", place: "late" },
    ],
    draws: { "weight-seed": "New weights" },
  },
  descent: {
    cells: [
      { view: "error", column: "left" },
      { view: "stopping", column: "right" },
      { view: "gain", column: "left", short: true },
      { view: "map", column: "right", short: true },
      { view: "eigenvalue", column: "left", short: true },
      { view: "memorised", column: "right", short: true },
    ],
    toolbar: [
      { knob: "noise" },
      { knob: "stop", place: "bar" },
      { knob: "points" },
      { knob: "seed", as: "seed", label: "Data", action: "New data" },
      { knob: "seeds", place: "late" },
    ],
    draws: {},
  },
  benign: {
    cells: [
      { view: "errors", column: "left" },
      { view: "gain", column: "right" },
      { view: "margins", column: "left", short: true },
      { view: "operators", column: "right", short: true },
    ],
    toolbar: [
      { knob: "dimension", place: "bar" },
      { knob: "sweep" },
      { knob: "seed", as: "seed", label: "Data", action: "New data" },
      { knob: "flips" },
      { knob: "signal", place: "late" },
    ],
    draws: { "weight-seed": "New weights" },
  },
  grokking: {
    cells: [
      { view: "accuracy", column: "left" },
      { view: "table", column: "right" },
      { view: "channel", column: "left", short: true },
      { view: "alignment", column: "right", short: true },
      { view: "rotation", column: "left", short: true, below: true },
      { view: "fourier", column: "right", short: true, below: true },
      { view: "answer", column: "full", short: true },
    ],
    toolbar: [
      { knob: "decay", place: "bar" },
      { knob: "a" },
      { knob: "b" },
      { knob: "seed", as: "seed", label: "Split", action: "New split" },
      { knob: "train-share", place: "late" },
    ],
    draws: { "weight-seed": "New weights" },
  },
  race: {
    cells: [
      { view: "score", column: "left" },
      { view: "fit", column: "right" },
      { view: "paired", column: "left", short: true },
      { view: "open", column: "right", short: true },
      { view: "boundary", column: "left", short: true, below: true },
      { view: "mask", column: "right", short: true, below: true },
    ],
    toolbar: [
      { knob: "noise", place: "bar" },
      ...TRIAL,
      { knob: "stop-below", label: "Stop below", place: "late" },
    ],
    draws: {},
  },
  "race-addition": {
    cells: [
      { view: "score", column: "left" },
      { view: "paired", column: "right" },
      { view: "open", column: "left", short: true },
      { view: "mask", column: "right", short: true },
      { view: "boundary", column: "full", short: true },
    ],
    toolbar: [
      { knob: "arm4.decay", label: "Arm 4, decay", place: "bar" },
      ...TRIAL,
      { knob: "batch", place: "late" },
    ],
    draws: {},
  },
  "race-pinn": {
    cells: [
      { view: "score", column: "left" },
      { view: "solution", column: "right" },
      { view: "memorised", column: "left", short: true },
      { view: "paired", column: "right", short: true },
      { view: "residual", column: "left", short: true, below: true },
      { view: "open", column: "right", short: true, below: true },
      { view: "boundary", column: "left", short: true, below: true },
      { view: "mask", column: "right", short: true, below: true },
    ],
    toolbar: [
      { knob: "collocation", label: "Points", place: "bar" },
      ...TRIAL.map((item) => (item.knob === "arm2.rule" ? { ...item, knob: "arm3.rule", label: "Arm 3" } : item)),
      { knob: "noise", place: "late" },
    ],
    draws: {},
  },
  "race-preferences": {
    cells: [
      { view: "score", column: "left" },
      { view: "frontier", column: "right" },
      { view: "divergence", column: "left", short: true },
      { view: "paired", column: "right", short: true },
      { view: "open", column: "left", short: true, below: true },
      { view: "boundary", column: "right", short: true, below: true },
      { view: "mask", column: "full", short: true },
    ],
    toolbar: [
      { knob: "flips", place: "bar" },
      ...TRIAL,
      { knob: "beta", place: "late" },
    ],
    draws: {},
  },
};
