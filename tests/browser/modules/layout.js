// element.css: the element is as wide as its container lets it be.

import { equal, exhibit, ok, test, until } from "./harness.js";

const WIDTH = 375;

/** Sizes are observed in one frame and taken in the next. */
async function arranged() {
  for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}

/** A box as wide as a phone, with an exhibit or a card of it inside of what the markup says. */
async function boxed(markup, attributes = {}) {
  const box = document.createElement("div");
  box.style.cssText = `width: ${WIDTH}px`;
  box.innerHTML = markup;
  // The policy of the page allows no style in markup.
  for (const part of box.querySelectorAll("[data-css]")) part.style.cssText = part.dataset.css;
  const element = await exhibit({ exhibit: "spectrum", ...attributes });
  box.querySelector("x-place").replaceWith(element);
  document.body.append(box);
  await element.ready;
  await arranged();
  return { box, element };
}

/** What inside an exhibit reaches beyond a box. */
const sticking = (box, element) => [...element.shadowRoot.querySelectorAll("*")]
  .filter((part) => part.getBoundingClientRect().right > box.getBoundingClientRect().right + 0.5)
  .map((part) => `${part.tagName}.${part.className} to ${part.getBoundingClientRect().right}`)
  .join(", ");

const within = ({ box, element }, least, what) => {
  const { width } = element.getBoundingClientRect();
  ok(box.scrollWidth <= WIDTH, `${what}: ${box.scrollWidth} wide in ${WIDTH}: ${sticking(box, element)}`);
  ok(width >= least && width <= WIDTH, `${what}: the exhibit is ${width} wide`);
};

test("in flex and grid items, floats and boxes that fit their content it stays inside", async () => {
  for (const [markup, least, what] of [
    ["<div data-css='display:flex'><aside data-css='width:100px;flex:none'>menu</aside><article data-css='flex:1'><x-place></x-place></article></div>", 270, "flex: 1"],
    ["<div data-css='display:flex'><x-place></x-place></div>", 200, "a flex item itself"],
    ["<div data-css='display:grid'><div><x-place></x-place></div></div>", WIDTH, "a grid item"],
    ["<div data-css='display:grid;grid-template-columns:auto 1fr'><span>menu</span><div><x-place></x-place></div></div>", 250, "a column of a grid"],
    ["<div data-css='float:left'><x-place></x-place></div>", WIDTH, "a float"],
    ["<div data-css='width:fit-content'><x-place></x-place></div>", WIDTH, "fit-content"],
    ["<div data-css='display:inline-block'><x-place></x-place></div>", WIDTH, "inline-block"],
    ["<div data-css='display:table'><div data-css='display:table-cell'><x-place></x-place></div></div>", 140, "a cell of a table"],
  ]) within(await boxed(markup), least, what);
});

test("it follows its container when that shrinks and grows", async () => {
  const { box, element } = await boxed("<div data-css='display:flex'><div data-css='flex:1'><x-place></x-place></div></div>");
  for (const width of [1300, 700, 320, 900]) {
    box.style.width = `${width}px`;
    await arranged();
    equal(Math.round(element.getBoundingClientRect().width), width);
    ok(box.scrollWidth <= width, `${box.scrollWidth} in ${width}: ${sticking(box, element)}`);
  }
});

test("a card stays inside as well, its frame and padding too", async () => {
  const card = { views: "fit", controls: "noise" };
  for (const markup of ["<x-place></x-place>", "<div data-css='display:flex'><div data-css='flex:1'><x-place></x-place></div></div>"]) {
    const { box, element } = await boxed(markup, card);
    ok(box.scrollWidth <= WIDTH, `${markup}: ${box.scrollWidth} wide: ${sticking(box, element)}`);
  }
});

test("it plays also where it has no box of its own", async () => {
  const { box, element } = await boxed("<x-place></x-place>", { autoplay: "" });
  element.style.cssText = "display: contents";
  await until(() => element.stepCount > 20);
  ok(box.scrollWidth <= WIDTH, `${box.scrollWidth} wide`);
});
