// An element survives every move that the document allows, with its styles and its run.

import { shownTheme } from "../theme-watch.js";
import { equal, exhibit, test, until } from "./harness.js";

const card = { views: "fit", controls: "noise" };

/** A document of its own in this page. */
async function frame() {
  const frame = document.createElement("iframe");
  frame.style.cssText = "width: 700px; height: 500px";
  document.body.append(frame);
  await new Promise((done) => setTimeout(done, 50));
  return frame.contentDocument;
}

/** What shows that it is styled, and drawn. @param {HTMLElement} element */
function looks(element) {
  const canvas = element.shadowRoot.querySelector("canvas");
  const { width, height } = canvas.getBoundingClientRect();
  return { display: getComputedStyle(element.shadowRoot.querySelector(".exhibit")).display, width: width > 100, height: height > 100 };
}

const WELL = { display: "flex", width: true, height: true };

test("into a frame and back it keeps its run and its styles", async () => {
  const element = await exhibit(card);
  element.set("noise", "0.35");
  element.step(20);
  const inside = await frame();
  for (const place of [inside.body, document.body, inside.body]) {
    place.append(element);
    await new Promise((done) => setTimeout(done, 200));
    equal([element.stepCount, element.get("noise")], [20, "0.35"]);
    equal(looks(element), WELL, place === document.body ? "back" : "inside");
  }
  element.step(3);
  equal(element.stepCount, 23);
  element.play();
  await until(() => element.stepCount > 30);
  element.pause();
});

test("windows over it open in the frame as well", async () => {
  const element = await exhibit(card);
  (await frame()).body.append(element);
  await new Promise((done) => setTimeout(done, 100));
  element.press("t");
  const dialog = await until(() => element.shadowRoot.querySelector("dialog[open]"));
  equal(getComputedStyle(dialog).position, "fixed");
  equal(getComputedStyle(dialog).paddingLeft, "24px", "it is styled");
});

test("it follows the theme of the document that it is in", async () => {
  const element = await exhibit(card);
  const inside = await frame();
  inside.documentElement.className = "dark";
  inside.body.append(element);
  equal(shownTheme(element), "dark");
  inside.documentElement.className = "light";
  await until(() => shownTheme(element) === "light");
});

test("within the document it moves without a new start", async () => {
  const element = await exhibit(card);
  element.step(7);
  for (const make of [() => document.createElement("div"), () => document.createElement("section").attachShadow({ mode: "open" })]) {
    const place = make();
    document.body.append(place.host ?? place);
    place.append(element);
    await new Promise((done) => setTimeout(done, 20));
    equal(element.stepCount, 7);
  }
});

test("however it was made, it is the same exhibit", async () => {
  const markup = "<ntk-playground exhibit=\"spectrum\" views=\"fit\" noise=\"0.35\" step=\"12\"></ntk-playground>";
  const template = document.createElement("template");
  template.innerHTML = markup;
  const place = document.createElement("div");
  place.innerHTML = markup;
  const made = Object.assign(document.createElement("ntk-playground"), { views: ["fit"], step: 12 });
  made.setAttribute("noise", "0.35");
  const elements = [
    place.firstChild,
    template.content.firstChild.cloneNode(true),
    document.importNode(template.content, true).firstChild,
    place.firstChild.cloneNode(true),
    made,
  ];
  for (const [i, element] of elements.entries()) {
    // Alone, as what is off the screen waits.
    document.body.replaceChildren(element);
    await element.ready;
    await until(() => element.stepCount === 12);
    equal([element.get("noise"), element.shadowRoot.querySelectorAll("canvas").length, typeof element.step], ["0.35", 1, "function"], `the ${i}.`);
  }
});

test("what was set before it was defined counts", async () => {
  // An element of a document that defines nothing is plain until it is here.
  const elsewhere = document.implementation.createHTMLDocument("");
  const plain = elsewhere.createElement("ntk-playground");
  Object.assign(plain, { views: ["fit", "loss"], step: "12" });
  document.body.append(plain);
  await plain.ready;
  await until(() => plain.stepCount === 12);
  equal([plain.getAttribute("views"), typeof plain.step, plain.views.length > 2], ["fit loss", "function", true]);
});

test("nothing is written on it, as a framework may compare it with what its server wrote", async () => {
  await import("../ledger.js");
  const place = document.createElement("div");
  place.innerHTML = "<ntk-playground views=\"fit\" autoplay></ntk-playground><ntk-ledger for=\"none\"></ntk-ledger>";
  document.body.append(place);
  const names = () => [...place.children].map((one) => one.getAttributeNames().join(" "));
  equal(names(), ["views autoplay", "for"]);
  await place.firstChild.ready;
  equal(shownTheme(place.firstChild), "light");
  equal(names(), ["views autoplay", "for"], "nor after it, where there are states");
});
