// colors.js: any colour that CSS knows, as the renderer reads it.

import { behind, blend, hex, parse } from "../colors.js";
import { readStyle } from "../theme-watch.js";
import { equal, exhibit, ok, test } from "./harness.js";

test("colours are read as browsers tell them", () => {
  equal(parse("rgb(252, 252, 253)").map((part) => Math.round(part * 255)), [252, 252, 253, 255]);
  equal(parse("rgba(0, 0, 0, 0.5)"), [0, 0, 0, 0.5]);
  equal(parse("color(srgb 1 0.5 none / 0.25)"), [1, 0.5, 0, 0.25]);
  equal(parse("color(srgb 1.2 -0.1 0)"), [1, 0, 0, 1]);
  equal(parse("oklch(1 0 0)"), null);
  equal(parse(""), null);
});

test("half black over white is grey", () => {
  equal(hex(blend([0, 0, 0, 0.5], [1, 1, 1, 1])), "#808080");
  equal(hex(blend([1, 0, 0, 1], [1, 1, 1, 1])), "#ff0000");
});

/** What a browser makes of a colour that an element shows: the oracle. */
function shown(element, color) {
  const probe = document.createElement("span");
  element.shadowRoot.append(probe);
  probe.style.color = color;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, 1, 1);
  pen.fillStyle = getComputedStyle(probe).color;
  pen.fillRect(0, 0, 1, 1);
  probe.remove();
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

const channels = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

test("every colour of CSS is drawn as the browser shows it", async () => {
  const element = await exhibit({ exhibit: "spectrum", views: "fit", controls: "none", theme: "light" });
  const colors = ["oklch(0.98 0.01 90)", "oklab(0.4 0.1 0.1)", "lab(98% 2 3)", "lch(50% 30 200)", "color(srgb 0.9 0.95 1)", "color(display-p3 0.9 0.8 0.7)",
    "color-mix(in oklab, white, #bf4a00 20%)", "light-dark(#fefefe, #010101)", "hsl(40 50% 90%)", "hwb(120 80% 10%)", "rebeccapurple",
    "#abc", "#AABBCC", "rgb(10% 20% 30%)", "currentcolor"].filter((color) => CSS.supports("color", color));
  ok(colors.length > 8, colors.join());
  for (const color of colors) {
    element.style.setProperty("--ntk-ground", color);
    const [drawn, wanted] = [channels(readStyle(element, 1).palette.ground), shown(element, color)];
    ok(drawn.every((part, i) => Math.abs(part - wanted[i]) <= 1), `${color}: ${drawn} for ${wanted}`);
    ok(element.svg("fit").toLowerCase().includes(readStyle(element, 1).palette.ground.toLowerCase()), `${color} in the SVG`);
  }
  element.style.removeProperty("--ntk-ground");
});

test("what can be seen through shows what is behind", async () => {
  const element = await exhibit({ exhibit: "spectrum", views: "fit", controls: "none", theme: "light" });
  element.parentElement.style.background = "rgb(200, 100, 0)";
  for (const [color, wanted] of [["transparent", "#c86400"], ["rgb(0 0 0 / 50%)", "#643200"], ["var(--not-there)", "#c86400"]]) {
    element.style.setProperty("--ntk-ground", color);
    equal(readStyle(element, 1).palette.ground, wanted, color);
  }
  element.parentElement.style.background = "";
});

test("behind an element is the first ground that is opaque, mixed with what lies over it", () => {
  const outer = document.createElement("div");
  const inner = document.createElement("p");
  outer.append(inner);
  document.body.append(outer);
  outer.style.background = "rgb(0, 0, 200)";
  inner.style.background = "rgb(200 0 0 / 50%)";
  equal(hex(behind(inner)), "#640064");
  outer.remove();
});
