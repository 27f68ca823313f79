// dom.js, layout.js and faults.js: what other modules are made of.

import { h, setSpans, setText } from "../dom.js";
import { load, LoadError } from "../faults.js";
import { layoutOf, loadLayout } from "../layout.js";
import { deferred, exhibits } from "../session.js";
import { loadEngine } from "../wasm.js";
import { contains, equal, ok, test, thrown } from "./harness.js";

test("attributes are text, switches or absent", () => {
  const element = h("input", { title: "<b>\"", disabled: true, hidden: false, lang: null, id: undefined, tabindex: 0, value: "" });
  equal([element.getAttributeNames(), element.title, element.getAttribute("tabindex")], [["title", "disabled", "tabindex", "value"], "<b>\"", "0"]);
});

test("children are nodes or text, never markup", () => {
  const element = h("p", {}, "<i>one</i>", h("b", {}, "two"));
  equal([element.childNodes.length, element.querySelectorAll("i").length, element.textContent], [2, 0, "<i>one</i>two"]);
});

test("a function is a listener", () => {
  let clicks = 0;
  const button = h("button", { onclick: () => { clicks += 1; } });
  button.click();
  equal([clicks, button.getAttributeNames()], [1, []]);
});

test("text is written only where it differs", () => {
  const element = h("p", {}, "one");
  const node = element.firstChild;
  setText(element, "one");
  equal(element.firstChild === node, true);
  setText(element, "<i>");
  equal([element.textContent, element.childElementCount], ["<i>", 0]);
});

test("spans are text in their roles", () => {
  const element = h("p");
  const span = (/** @type {object} */ more) => ({ text: "<x>", role: null, strong: false, italic: false, sub: false, ...more });
  setSpans(element, [span({}), span({ sub: true }), span({ strong: true, role: "noise" }), span({ italic: true })]);
  equal([...element.children].map((one) => [one.localName, one.className, one.textContent]), [["span", "", "<x>"], ["sub", "", "<x>"], ["b", "role-noise", "<x>"], ["i", "", "<x>"]]);
  const first = element.firstChild;
  setSpans(element, [span({}), span({ sub: true }), span({ strong: true, role: "noise" }), span({ italic: true })]);
  equal(element.firstChild === first, true, "the same again makes nothing new");
  setSpans(element, []);
  equal(element.childNodes.length, 0);
});

test("an exhibit that no table knows gets a plain layout", () => {
  const layout = layoutOf("nonsense", ["a", "b"], ["k1", "k2", "k3", "k4", "k5"]);
  equal([layout.cells, layout.toolbar.map(({ knob, place }) => [knob, place ?? ""])], [[{ view: "a" }, { view: "b" }], [["k1", "bar"], ["k2", "bar"], ["k3", ""], ["k4", ""]]]);
});

test("a view that the table has not heard of does not vanish, and a knob that is not there is not shown", () => {
  const layout = layoutOf("spectrum", ["fit", "fresh"], ["noise"]);
  equal([layout.cells.map(({ view }) => view), layout.toolbar.map(({ knob }) => knob)], [["fit", "fresh"], ["noise"]]);
});

test("the layout of every exhibit names only what the exhibit has, and all its views", async () => {
  const names = (await exhibits("race")).map(({ name }) => name);
  ok(names.length > 5, String(names));
  const { LAYOUTS } = await import("../layouts.js");
  for (const name of Object.keys(LAYOUTS)) ok(names.includes(name), `${name} is an exhibit`);
  const { Playground } = await loadEngine("race");
  for (const name of names) {
    await loadLayout(name);
    const playground = Playground.open(name, "");
    const [views, knobs] = [playground.views().map((view) => view.name), playground.knobs().map((knob) => knob.name)];
    playground.free();
    const known = LAYOUTS[name];
    for (const { view } of known?.cells ?? []) ok(views.includes(view), `${name} has the view ${view}`);
    for (const { knob } of known?.toolbar ?? []) ok(knobs.includes(knob), `${name} has the knob ${knob}`);
    for (const knob of Object.keys(known?.draws ?? {})) ok(knobs.includes(knob), `${name} has the knob ${knob}`);
    const shown = layoutOf(name, views, knobs).cells.map(({ view }) => view);
    equal([...shown].sort(), [...views].sort(), name);
  }
});

test("a module that does not come is named, and asked for anew", async () => {
  for (let i = 0; i < 2; i += 1) {
    const error = await load("nowhere").then(() => null, (one) => one);
    ok(error instanceof LoadError, String(error));
    contains(error.message, "nowhere.js", "Try again");
  }
  const asked = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/nowhere.js"));
  equal(asked.map((name) => new URL(name).search), ["?again=1"]);
});

test("a promise that fails needs nobody who waits", async () => {
  const one = deferred();
  one.reject(new Error("late."));
  equal(await thrown(() => one.promise), "late.");
  const other = deferred();
  other.resolve();
  equal(await other.promise, undefined);
});
