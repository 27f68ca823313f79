// element.js: an exhibit whose attributes, methods and ends are what they are.

import "../ntk-playground.js";
import { contains, equal, exhibit, ok, test, thrown, until } from "./harness.js";

/** Readings as text, which tells every two doubles apart. @param {{readings: {[name: string]: number}}} element */
const digits = ({ readings }) => Object.entries(readings).map(([name, value]) => `${name} ${value}`);

/** An element that may not open. @param {{[attribute: string]: string}} attributes */
function put(attributes) {
  const element = document.createElement("ntk-playground");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}

test("settings that do not go together end in a sentence", async () => {
  const element = put({ exhibit: "spectrum", gate: "hard", batch: "1" });
  await until(() => /batch/i.test(element.shadowRoot?.querySelector("[role=alert]:not([hidden])")?.textContent ?? ""));
});

test("an unknown exhibit ends in a sentence that names it, and leaves the others running", async () => {
  const wrong = put({ exhibit: "nonsense", autoplay: "" });
  const right = put({ exhibit: "spectrum", autoplay: "" });
  await until(() => /no exhibit .nonsense.*spectrum/.test(wrong.shadowRoot?.textContent ?? ""));
  await until(() => right.stepCount > 10);
});

test("who waits for an element that cannot open is told, at once and later", async () => {
  const element = put({ exhibit: "nonsense" });
  contains(await thrown(() => element.ready), "nonsense");
  contains(await thrown(() => element.ready), "nonsense");
});

test("errors thrown by methods are sentences", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  const asks = [
    [() => element.set("nonsense", "1"), "nonsense"],
    [() => element.set("noise", "much"), "noise"],
    [() => element.get("nonsense"), "nonsense"],
    [() => element.svg("nonsense"), "nonsense"],
    [() => element.png("nonsense"), "nonsense"],
    [() => element.step(-1), "step"],
    [() => element.step(NaN), "step"],
    [() => element.step(1.5), "step"],
    [() => element.step(Infinity), "step"],
  ];
  for (const [ask, name] of asks) {
    const message = await thrown(ask);
    contains(message, name);
    ok(message.endsWith("."), message);
  }
  element.step(2);
  equal(element.stepCount, 2);
});

test("a run that was played in frames has the digits of one that was made at once", async () => {
  const whole = await exhibit({ exhibit: "spectrum" });
  whole.step(500);
  const played = await exhibit({ exhibit: "spectrum" });
  whole.hidden = true;
  played.play();
  await until(() => played.stepCount > 100);
  played.pause();
  const done = played.stepCount;
  ok(done < 500, `it was paused in time, at step ${done}`);
  played.step(500 - done);
  ok(whole.stepCount === 500 && digits(whole).length > 3, "there are readings");
  equal(digits(played), digits(whole));
});

test("reset leads to the same run", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  element.step(80);
  const first = digits(element);
  element.pause();
  element.reset();
  equal(element.stepCount, 0);
  element.step(80);
  equal(digits(element), first);
});

test("a knob that stands alone opens the window of points", async () => {
  const element = await exhibit({ controls: "data" });
  element.shadowRoot.querySelector("[data-knob=data] button").click();
  await until(() => element.shadowRoot.querySelector("dialog[open] textarea"));
});

test("an attribute sets its knob, and without it the default holds", async () => {
  const element = await exhibit({ noise: "0.2" });
  equal(element.get("noise"), "0.2");
  element.setAttribute("noise", "0.35");
  await until(() => element.get("noise") === "0.35");
  element.removeAttribute("noise");
  await until(() => element.get("noise") === element.knobs.find(({ name }) => name === "noise").default);
});

test("more points than a link carries are named when it is copied", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  const many = Array.from({ length: 128 }, (_, i) => `${i / 127 - 0.1234567890123}:${0.9876543210987 / (i + 1)}`);
  element.set("data", many.join("~"));
  element.step(2);
  [...element.shadowRoot.querySelectorAll("button")].find((one) => one.textContent === "Copy link").click();
  const note = await until(() => element.shadowRoot.querySelector(".note:not([hidden])")?.textContent);
  contains(note, "128", "4\u202f000");
  ok(!element.link().includes("data="), element.link());
});
