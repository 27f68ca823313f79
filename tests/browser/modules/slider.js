// slider.js and toolbar.js: how numbers are written, and how a slider means them.

import { formatNumber, Slider } from "../slider.js";
import { formatCount } from "../toolbar.js";
import { equal, test } from "./harness.js";

const share = { type: "number", min: 0, max: 1, log: false, decimals: 2, ticks: [0, 0.5, 1] };
const rate = { type: "number", min: 0.001, max: 1, log: true, decimals: 3, ticks: [] };
const count = { type: "integer", min: 1, max: 128, ticks: [1, 64, 128] };

/** A slider on the page, and what was chosen with it. @param {object} kind @param {string} [unit] */
function sliderOf(kind, unit = "") {
  /** @type {string[]} */
  const chosen = [];
  const slider = new Slider({ name: "knob", label: "Knob", kind, default: "1", unit, help: "Help.", effect: "live" }, "A <b>label", (text) => chosen.push(text));
  document.body.append(slider.root);
  return { slider, chosen };
}

test("numbers have the decimals of their knob", () => {
  equal([0, 0.5, 0.125, 1, -0.25].map((value) => formatNumber(value, share)), ["0.00", "0.50", "0.13", "1.00", "\u22120.25"]);
  equal([1, 128, 4294967295].map((value) => formatNumber(value, count)), ["1", "128", "4294967295"]);
});

test("a number that would be rounded to zero keeps one digit", () => {
  equal([0.001, -0.001, 1e-12].map((value) => formatNumber(value, share)), ["0.001", "\u22120.001", "1e\u221212"]);
});

test("thousands of a count are parted", () => {
  equal([0, 999, 1000, 12000, 1234567].map(formatCount), ["0", "999", "1\u202f000", "12\u202f000", "1\u202f234\u202f567"]);
});

test("a slider says its value, with its unit", () => {
  const { slider } = sliderOf(share, "of the limit");
  slider.update("0.5", null);
  equal([slider.input.value, slider.value.textContent, slider.input.getAttribute("aria-valuetext")], ["0.5", "0.50", "0.50 of the limit"]);
  slider.update("0.5", { text: "half", limit: null, idle: null });
  equal([slider.value.textContent, slider.input.getAttribute("aria-valuetext")], ["half", "half"]);
});

test("its label is text", () => {
  const { slider } = sliderOf(share);
  equal([slider.root.querySelectorAll("b").length, slider.input.getAttribute("aria-label")], [0, "A <b>label"]);
});

test("what is chosen is text for the engine", () => {
  const { slider, chosen } = sliderOf(share);
  for (const value of ["0", "0.3", "1"]) {
    slider.input.value = value;
    slider.input.dispatchEvent(new Event("input"));
  }
  equal(chosen, ["0.00", "0.30", "1.00"]);
});

test("a logarithmic one has two digits, and never leaves its range", () => {
  const { slider, chosen } = sliderOf(rate);
  for (const value of ["0", "200", "400"]) {
    slider.input.value = value;
    slider.input.dispatchEvent(new Event("input"));
  }
  equal(chosen, ["0.001", "0.032", "1"]);
  // The thumb stays where it means the value.
  slider.input.value = "201";
  slider.update("0.032", null);
  equal(slider.input.value, "201");
  slider.update("1", null);
  equal(slider.input.value, "400");
});

test("a key moves it by a twentieth, or by one step if that is more", () => {
  const { slider, chosen } = sliderOf(share);
  slider.update("0.5", null);
  slider.nudge(1);
  slider.nudge(-1);
  slider.nudge(-1);
  const { slider: small, chosen: steps } = sliderOf({ ...count, max: 5 });
  small.update("4", null);
  for (let i = 0; i < 3; i += 1) small.nudge(1);
  equal([chosen, steps], [["0.55", "0.50", "0.45"], ["5", "5", "5"]]);
});

test("a limit is marked only where it is on the scale", () => {
  const { slider } = sliderOf(share);
  const marked = (/** @type {number|null} */ limit) => {
    slider.update("0.5", { text: null, limit, idle: null });
    return [slider.mark, slider.hatch, slider.word].map(({ hidden }) => !hidden);
  };
  equal(marked(0.7), [true, true, true]);
  for (const none of [null, 1, 2, NaN, Infinity]) equal(marked(none), [false, false, false], String(none));
});
