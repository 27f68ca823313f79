// attributes.js: what is a knob, lists of words, and the query of an element.

import { flip, isOn, mayBeKnob, parametersOf, queryOf, wordOf, wordsOf } from "../attributes.js";
import { equal, test } from "./harness.js";

/** @param {{[name: string]: string}} attributes */
function element(attributes) {
  const one = document.createElement("div");
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
}

test("knobs have plain names, with a scope or without", () => {
  for (const name of ["noise", "step-fraction", "arm2.rule", "changes", "step", "beside", "data", "twin", "a1"]) equal(mayBeKnob(name), true, name);
});

test("attributes of the element, of HTML, and of others are no knobs", () => {
  const names = ["exhibit", "views", "controls", "autoplay", "theme", "lang", "run", "hide-values", "performance", "id", "class", "style",
    "title", "role", "dir", "hidden", "tabindex", "data-theme", "aria-label", "onclick", "once"];
  for (const name of names) equal(mayBeKnob(name), false, name);
});

test("what cannot be the name of a knob is none", () => {
  for (const name of ["", "Noise", "NOISE", "1x", "-noise", ".a", "a b", "a=b", "a\"b", "<i>", "__proto__", "\u00e9", "a\0", "a\n"]) equal(mayBeKnob(name), false, name);
});

test("a list of words is parted by spaces, commas and ends of lines", () => {
  equal(wordsOf(element({ views: " fit,loss\n\teigenvalues ,, " }), "views"), ["fit", "loss", "eigenvalues"]);
  equal(wordsOf(element({ views: "\"><script>1</script>" }), "views"), ["\"><script>1</script>"]);
  equal(wordsOf(element({ views: "A".repeat(5000) }), "views"), ["A".repeat(5000)]);
});

test("no attribute is no list, and none is the empty one", () => {
  equal(wordsOf(element({}), "views"), null);
  for (const text of ["", " ", "none", " none ,"]) equal(wordsOf(element({ views: text }), "views"), [], text);
  equal(wordsOf(element({ views: "none fit" }), "views"), ["fit"]);
});

test("a query has the knobs, and no more", () => {
  const one = element({ exhibit: "channel", theme: "dark", noise: "0.5", "arm2.rule": "soft", class: "x", "data-x": "1", "aria-label": "y" });
  equal([...queryOf(one)], [["noise", "0.5"], ["arm2.rule", "soft"]]);
});

test("a run goes before the other attributes, but for the exhibit", () => {
  const one = element({ exhibit: "spectrum", noise: "0.5", seed: "7", run: "exhibit=race&noise=0.2&changes=30.gate.hard&NOISE=1" });
  equal([...queryOf(one)], [["noise", "0.2"], ["seed", "7"], ["changes", "30.gate.hard"], ["NOISE", "1"]]);
});

test("no value breaks out of a query", () => {
  const text = "a&b=c#d%00+\"'<i>\u{1f642}";
  const query = queryOf(element({ noise: text })).toString();
  equal([...new URLSearchParams(query)], [["noise", text]]);
  equal([...queryOf(element({ run: "" }))], []);
});

test("a switch is on when it is there, unless it says no", () => {
  for (const yes of ["", "true", "1", "on", "autoplay", "yes", "anything"]) equal(isOn(element({ autoplay: yes }), "autoplay"), true, yes);
  for (const no of ["false", "FALSE", " false ", "0", "off", "no"]) equal(isOn(element({ autoplay: no }), "autoplay"), false, no);
  equal(isOn(element({}), "autoplay"), false);
});

test("a switch is turned to whichever it is not, whatever it says", () => {
  const one = element({ "hide-values": "false" });
  flip(one, "hide-values");
  equal(isOn(one, "hide-values"), true);
  flip(one, "hide-values");
  equal(one.hasAttribute("hide-values"), false);
});

test("an address that a page generator has bent has the same parameters", () => {
  const straight = [["exhibit", "spectrum"], ["noise", "0.25"], ["step", "300"]];
  for (const query of ["?exhibit=spectrum&noise=0.25&step=300", "?exhibit=spectrum&amp;noise=0.25&amp;step=300", "?exhibit=spectrum&AMP;noise=0.25&amp;amp;step=300"]) {
    equal([...parametersOf(query)], straight, query);
  }
});

test("a name at the end of a sentence is the name, and what is none stays as it is", () => {
  for (const [text, word] of [["race", "race"], ["Race-PINN", "race-pinn"], ["channel).", "channel"], ["channel\u201d", "channel"], ["<b>Race", "<b>Race"], ["", ""], [null, null]]) {
    equal(wordOf(text), word, String(text));
  }
});
