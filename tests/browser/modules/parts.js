// parts.js and part-names.js: what an element shows, and under which names a
// page can style it.

import { nameParts, PARTS } from "../part-names.js";
import { isCard, unknownWords } from "../parts.js";
import { equal, exhibit, ok, test } from "./harness.js";

/** @param {{[name: string]: string}} attributes */
function host(attributes) {
  const one = document.createElement("div");
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
}

const session = { views: [{ name: "fit" }, { name: "loss" }], knobs: [{ name: "noise" }, { name: "arm2.rule" }] };

test("whoever asks for some views or controls gets a card", () => {
  equal([{}, { views: "fit" }, { controls: "noise" }, { controls: "" }, { views: "none" }, { noise: "1" }].map((one) => isCard(host(one))), [false, true, true, true, true, false]);
});

test("views and controls that are there need no note", () => {
  equal(unknownWords(host({}), session), []);
  equal(unknownWords(host({ views: "fit, loss", controls: "noise arm2.rule" }), session), []);
  equal(unknownWords(host({ views: "none", controls: "" }), session), []);
});

test("every word that is unknown has a sentence of its own", () => {
  const said = unknownWords(host({ views: "fit nothing <b>", controls: "NOISE" }), session);
  equal(said, [
    "views: there is no \u201cnothing\u201d here; there are fit, loss.",
    "views: there is no \u201c<b>\u201d here; there are fit, loss.",
    "controls: there is no \u201cNOISE\u201d here; there are noise, arm2.rule.",
  ]);
});

test("parts get their names, and only a card is one", () => {
  const root = host({ class: "exhibit card" });
  root.append(document.createElement("figcaption"), Object.assign(document.createElement("div"), { className: "toolbar" }));
  nameParts(root);
  nameParts(root);
  equal([[...root.part], [...root.children].map((one) => [...one.part])], [["card"], [["caption"], ["strip"]]]);
  root.className = "exhibit";
  nameParts(root);
  equal([...root.part], []);
});

test("every named part is there in an exhibit or in a card", async () => {
  const elements = [await exhibit({ exhibit: "spectrum" }), await exhibit({ exhibit: "spectrum", views: "fit", controls: "noise" })];
  const found = new Set(elements.flatMap((one) => [...one.shadowRoot.querySelectorAll("[part]")]).flatMap((node) => [...node.part]));
  for (const name of Object.keys(PARTS)) ok(found.has(name), `there is a part ${name}`);
});

test("every knob can be the only one that is shown", async () => {
  const element = await exhibit();
  const root = element.shadowRoot;
  const names = element.knobs.map(({ name }) => name);
  ok(names.includes("data"), String(names));
  for (const name of names) {
    element.setAttribute("controls", name);
    await element.ready;
    await new Promise(requestAnimationFrame);
    const groups = [...root.querySelectorAll(".controls [data-knob]")].map((group) => group.dataset.knob);
    equal(groups.join(" "), name);
    ok(root.querySelectorAll(".controls :is(button, input, select)").length > 0, `${name} has a control`);
    ok(root.querySelector("[role=alert]").hidden, `${name} leaves no alert`);
  }
});
