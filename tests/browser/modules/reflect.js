// reflect.js: what frameworks set as a property becomes the attribute.

import "../ntk-playground.js";
import { reflect } from "../reflect.js";
import { exhibits } from "../session.js";
import { loadEngine } from "../wasm.js";
import { equal, exhibit, ok, test } from "./harness.js";

const guide = await (await fetch("./embedding.md")).text();

/** Every attribute of the document, every parameter of a link, every knob of every exhibit. */
async function attributes() {
  const rows = guide.slice(guide.indexOf("| attribute |")).split("\n").slice(2);
  const end = rows.findIndex((row) => !row.startsWith("|"));
  const listed = rows.slice(0, end).map((row) => row.split("`")[1]);
  ok(listed.includes("views"), "the document lists views");
  const engine = await loadEngine("channel");
  const names = new Set([...listed, "changes", "step", "beside"]);
  for (const { name } of await exhibits("channel")) {
    const playground = engine.Playground.open(name, "");
    for (const knob of playground.knobs()) names.add(knob.name);
    playground.free();
  }
  ok(names.size > 60, `${names.size} names`);
  return [...names];
}

/** Sets an attribute as React 19 and Vue 3 do: as a property where the element has one. */
const give = (element, name, value) => {
  if (name in element) element[name] = value;
  else reflect(element, name, value);
};

test("every attribute can be given as a property, and no method is lost", async () => {
  const methods = (element) => ["play", "pause", "step", "reset", "set", "get", "twin", "look", "press", "link", "csv", "json", "svg", "png"]
    .filter((name) => typeof element[name] !== "function");
  for (const name of await attributes()) {
    const element = document.createElement("ntk-playground");
    // Properties that every element of HTML has say for themselves what they take.
    if (name in HTMLElement.prototype) continue;
    give(element, name, "3");
    equal(element.getAttribute(name), "3", name);
    give(element, name, undefined);
    equal(element.hasAttribute(name), false, `${name} taken away`);
    equal(methods(element), [], name);
  }
});

test("nothing and false take away, true is empty, a list is its words, a number its digits", () => {
  const element = document.createElement("div");
  for (const [value, text] of [["fit", "fit"], [["fit", "loss"], "fit loss"], [120, "120"], [0, "0"], [true, ""], [false, null], [null, null], [undefined, null]]) {
    reflect(element, "views", value);
    equal(element.getAttribute("views"), text, String(value));
  }
});

test("what is given before the exhibit opens is what it opens with", async () => {
  const element = document.createElement("ntk-playground");
  for (const [name, value] of [["exhibit", "spectrum"], ["views", ["fit", "residual"]], ["noise", 0.25], ["step", 12], ["autoplay", false]]) give(element, name, value);
  document.body.append(element);
  await element.ready;
  equal(element.views.length > 2, true, "views still lists all");
  equal(element.shadowRoot.querySelectorAll("canvas").length, 2);
  equal(element.get("noise"), "0.25");
  for (let i = 0; i < 100 && element.stepCount < 12; i += 1) await new Promise((done) => setTimeout(done, 50));
  equal(element.stepCount, 12);
  element.step(3);
  equal(element.stepCount, 15);
  element.remove();
});

test("a property that is given again changes the exhibit that is open", async () => {
  const element = await exhibit({ exhibit: "spectrum", views: "fit" });
  element.views = "fit loss";
  await element.ready;
  equal(element.shadowRoot.querySelectorAll("canvas").length, 2);
});
