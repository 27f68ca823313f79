// Puts a knob of an exhibit at the ends of its range and looks at what the
// exhibit then shows. Whatever is wrong comes back as a sentence.

import { exhibits } from "../session.js";
import { faults, isSentence, misspelt } from "./look.js";

window.listExhibits = async () => (await exhibits("race")).map(({ name }) => name);

/** The ends of a range or of a list of words, and the default. */
function values({ kind, default: usual }) {
  const points = (count, largest) => Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0 : (2 * i) / (count - 1) - 1;
    return `${(share * largest).toFixed(3)}:${(i % 2 ? -share : share) * largest}`;
  }).join("~");
  switch (kind.type) {
    case "choice": return [kind.options[0].value, usual, kind.options[kind.options.length - 1].value];
    case "list": return ["none", String(kind.min), usual, ...kind.presets, Array(kind.length).fill(kind.max).join("-")];
    case "points": return [usual, points(1, 1), points(kind.most, 1), points(kind.most, kind.largest)];
    default: return [kind.min, usual, kind.max].map(String);
  }
}

/** What is wrong with what the element shows. */
function look() {
  const alert = element.shadowRoot.querySelector("[role=alert]");
  return [...(alert.hidden ? [] : [`the alert says: ${alert.textContent}`]), ...faults(element)];
}

let element = null;
let longest = {};

function timed(what, work) {
  const start = performance.now();
  try {
    return work();
  } finally {
    const time = performance.now() - start;
    if (time > (longest.time ?? 0)) longest = { time, what };
  }
}

/** A fresh element with an exhibit; answers the declarations of its knobs. */
window.mount = async (exhibit) => {
  element?.remove();
  element = document.createElement("ntk-playground");
  element.setAttribute("exhibit", exhibit);
  document.querySelector("#place").append(element);
  await element.ready;
  return element.knobs;
};

/** Sets a knob, from step 0 if it does not go on from here. @param {string} knob @param {string} value */
function set(knob, value) {
  try {
    element.set(knob, value);
  } catch {
    element.reset();
    element.set(knob, value);
  }
}

/** Sets some knobs, takes steps with a picture after each of these numbers, and looks. */
async function visit(settings, steps, wrong) {
  const state = settings.map(([knob, value]) => `${knob}=${value.slice(0, 30)}`).join(" ");
  const found = [];
  const heard = ({ detail }) => found.push(`ntk-error: ${detail.message}`);
  element.addEventListener("ntk-error", heard);
  const errors = window.__errors.length;
  try {
    for (const [knob, value] of settings) {
      try {
        timed(`set ${state}`, () => set(knob, value));
        if (Number.isFinite(Number(value)) && Number(element.get(knob)) !== Number(value)) found.push(`${knob} is ${element.get(knob)}`);
      } catch (error) {
        if (!isSentence(error.message)) found.push(`refused without a sentence: ${error.message}`);
      }
    }
    let goal = element.stepCount;
    for (const count of steps) {
      timed(`${count} of ${state}`, () => element.step(count));
      goal += count;
    }
    const end = element.shadowRoot.querySelector(".end").textContent;
    if (element.stepCount !== goal && !isSentence(end)) found.push(`it stands at step ${element.stepCount} and does not say why: ${end}`);
    found.push(...look(), ...element.views.flatMap(({ name }) => misspelt(`the picture ${name}`, element.svg(name))));
  } catch (error) {
    found.push(String(error));
  }
  // What is reported later, by a frame or a promise, comes with the frame.
  await new Promise((done) => requestAnimationFrame(done));
  found.push(...window.__errors.slice(errors));
  element.removeEventListener("ntk-error", heard);
  wrong.push(...new Set(found.map((one) => `${state}: ${one}`)));
}

/** The values at which a knob stands once. @param {string} name */
window.values = (name) => [...new Set(values(element.knobs.find((knob) => knob.name === name)))];

/** A knob at a value, the others at their defaults. */
window.turn = async (name, value) => {
  const wrong = [];
  longest = {};
  await visit([[name, value]], [1], wrong);
  return { wrong, longest };
};

/** Turns a knob back, so that the next one finds the defaults. */
window.turnBack = async (exhibit, name) => {
  try {
    set(name, element.knobs.find((knob) => knob.name === name).default);
  } catch {
    await mount(exhibit);
  }
  return { wrong: [], longest: {} };
};

/** All knobs at one end together; those that refuse stay where they are. */
window.turnAll = async (exhibit, end) => {
  const wrong = [];
  longest = {};
  await mount(exhibit);
  const numbers = element.knobs.filter(({ kind }) => ["number", "integer"].includes(kind.type));
  await visit(numbers.map(({ name, kind }) => [name, String(kind[end])]), [1, 2], wrong);
  return { wrong, longest };
};
