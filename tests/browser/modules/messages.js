// messages.js: an alert with a way on, notes, and what is spoken.

import { Messages } from "../messages.js";
import { equal, test } from "./harness.js";

const MARKUP = "<img src=x onerror=1>\"&amp;";

test("an alert says its sentence and offers its ways", () => {
  const messages = new Messages();
  equal(messages.alert.hidden, true);
  let taken = 0;
  messages.fail(MARKUP, [["Try again", () => { taken += 1; }], ["Use <b>defaults", () => {}]]);
  equal([messages.alert.hidden, messages.alert.querySelector("p").textContent, messages.alert.querySelectorAll("img, b").length], [false, MARKUP, 0]);
  const [first, second] = messages.alert.querySelectorAll("button");
  equal(second.textContent, "Use <b>defaults");
  first.click();
  equal([taken, messages.alert.hidden, messages.alert.childElementCount], [1, true, 0], "a way that is taken clears it");
});

test("the last alert is the one that stands", () => {
  const messages = new Messages();
  messages.fail("One.", [["A", () => {}]]);
  messages.fail("Two.", []);
  equal([messages.alert.textContent, messages.alert.querySelectorAll("button").length], ["Two.", 0]);
});

test("a note joins its sentences, and can be sent away", () => {
  const messages = new Messages();
  equal(messages.note.hidden, true);
  messages.remark(["One.", MARKUP, "Three."]);
  equal([messages.note.hidden, messages.note.querySelector("[role=status]").textContent, messages.note.querySelectorAll("img").length], [false, `One. ${MARKUP} Three.`, 0]);
  messages.note.querySelector("button").click();
  equal(messages.note.hidden, true);
  messages.remark(["A".repeat(10_000)]);
  equal([messages.note.hidden, messages.note.textContent.length], [false, 10_000]);
  messages.remark([]);
  equal(messages.note.hidden, true);
});

test("a second run is named until it ends", () => {
  const messages = new Messages();
  let ends = 0;
  const end = () => { ends += 1; };
  messages.compared(null, end);
  equal(messages.comparison.hidden, true);
  messages.compared("noise <0>", end);
  const button = messages.comparison.querySelector("button");
  equal([messages.comparison.hidden, messages.comparison.textContent, button.getAttribute("aria-label")], [false, "Second run: noise <0>", "End the second run"]);
  messages.compared("noise <0>", end);
  equal(messages.comparison.querySelector("button") === button, true, "the same again makes nothing new");
  messages.compared("gate hard", end);
  equal(messages.comparison.textContent, "Second run: gate hard");
  messages.comparison.querySelector("button").click();
  messages.compared(null, end);
  equal([ends, messages.comparison.hidden], [1, true]);
});

test("what was said already is not said again", () => {
  const messages = new Messages();
  messages.speak("It stands.");
  const node = messages.spoken.firstChild;
  messages.speak("It stands.");
  equal(messages.spoken.firstChild === node, true);
  messages.ended("Over.");
  messages.ended("");
  equal(messages.end.textContent, "");
});
