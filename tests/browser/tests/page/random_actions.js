// What a random action may act on, what only a script can do, and what must hold
// after each. Whatever is chosen is chosen by a number that the test has drawn.

import { faults, isSentence, misspeltBelow } from "./look.js";

/** @template T @param {T[]} list @param {number} number */
const of = (list, number) => list[number % list.length];

const deep = (root) => [...root.querySelectorAll("*")].flatMap((part) => [part, ...(part.shadowRoot ? deep(part.shadowRoot) : [])]);
const elements = () => [...document.querySelectorAll("ntk-playground")];
const nameOf = (element) => `${element.localName}[${element.id || element.getAttribute("exhibit")}]`;

// Nothing leads away from the page, and no window of the system opens.
addEventListener("click", (event) => {
  const path = event.composedPath();
  const link = path.find((part) => part.localName === "a" && part.hasAttribute("href"));
  const leaves = link && !link.getAttribute("href").startsWith("#");
  if (leaves || path[0].type === "file") event.preventDefault();
}, true);
// What is saved is made, and given to nobody: a thousand files would be in the way.
HTMLAnchorElement.prototype.click = () => {};

// --- what real input acts on ---------------------------------------------------

const KINDS = {
  button: "button, a[href], summary, input[type=radio], input[type=checkbox], ntk-playground label",
  option: "select option",
  slider: "input[type=range]",
  field: "input[type=text], textarea",
  picture: "canvas",
  focus: "button, a[href], input, select, textarea, canvas, [tabindex]",
};

/** Chooses something that can be seen, in the window that is open over the page if one is; answers what it is. */
window.pick = (kind, number) => {
  const all = deep(document);
  const open = all.filter((part) => part.localName === "dialog" && part.open).at(-1);
  const found = all.filter((part) => part.matches(KINDS[kind]) && !part.disabled
    && (!open || part.closest("dialog") === open)
    && (part.closest("select") ?? part).checkVisibility({ visibilityProperty: true }));
  window.picked = of(found, number) ?? null;
  if (!window.picked) return null;
  const { picked } = window;
  const host = picked.getRootNode().host;
  const words = picked.getAttribute("aria-label") ?? picked.textContent.trim();
  const knob = picked.closest("[data-knob]")?.dataset.knob;
  return `${picked.localName} \u201c${words.slice(0, 40)}\u201d${knob ? ` of ${knob}` : ""} in ${host ? nameOf(host) : "the page"}`;
};

/** Whether a window is open over the page. */
window.isCovered = () => deep(document).some((part) => part.localName === "dialog" && part.open);

/** Points of the viewport along what is picked, brought into view. */
window.way = (numbers) => {
  picked.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = picked.getBoundingClientRect();
  const inside = (value, most) => Math.min(most - 2, Math.max(1, value));
  return numbers.map(([x, y]) => [inside(left + (x % 1000) / 1000 * width, innerWidth), inside(top + (y % 1000) / 1000 * height, innerHeight)]);
};

/** Every key that means something, as `KeyboardEvent.key` names it. */
window.keys = async () => (await import("../keys.js")).KEYS.flatMap(({ keys }) => keys);

// --- what only a script does ------------------------------------------------------

let exhibits = [];

window.prepare = async () => {
  const known = await import("../session.js");
  exhibits = (await known.exhibits("race")).map(({ name }) => name);
  await customElements.whenDefined("ntk-playground");
};

const NONSENSE = ["", "zzz", "-1", "1e999", "-0", "0x10", "1,5", "\u221e", " ", "none", "9".repeat(60), "0:0~1", "<b>", "a-b-c", "__proto__"];

/** A value of a knob, in its range or beside it. */
function value({ kind, default: usual }, [which, number]) {
  const share = (number % 1001) / 1000;
  if (which % 8 === 0) return of(NONSENSE, number);
  switch (kind.type) {
    case "choice": return of(kind.options, number).value;
    case "list": return of(["none", usual, ...kind.presets, String(kind.min), `${kind.max}-${kind.max}`, String(kind.max + 1)], number);
    case "points": return of([usual, "0:0", "-1:1~0:-1~1:1", `${kind.largest}:${-kind.largest}`, "0:0~0:1", "0.1:2~0.2"], number);
    default: {
      const all = [kind.min, kind.max, kind.min - 1, kind.max + 1, usual, kind.min + share * (kind.max - kind.min)];
      const chosen = of(all, which);
      return String(kind.type === "integer" ? Math.round(chosen) : chosen);
    }
  }
}

/** A value of an attribute that is not a knob. */
function words(name, element, number) {
  const some = (list) => of([null, "none", list.slice(0, 2).join(" "), list.at(-1) ?? "", "nothing-of-that-name"], number);
  switch (name) {
    case "exhibit": return number % 10 === 0 ? "no-such-exhibit" : of(exhibits, number);
    case "views": return some(element.views.map((view) => view.name));
    case "controls": return some(element.knobs.map((knob) => knob.name));
    case "run": return of([null, "step=40", "seed=3&step=25&changes=5.seed.4", "step=-1", "changes=zzz", "beside=seed.7&step=9"], number);
    case "step": return of([null, "30", "-4", "zzz"], number);
    case "theme": return of([null, "light", "dark", "projector", "auto", "zzz"], number);
    case "lang": return of([null, "de", "ar"], number);
    default: return number % 2 ? "" : null;
  }
}

function attribute(element, [which, name, first, second]) {
  const plain = of(["exhibit", "views", "controls", "run", "step", "theme", "lang", "autoplay", "hide-values", "performance", "zzz"], name);
  const knob = of(element.knobs, name);
  const [changed, text] = which % 3 && knob ? [knob.name, value(knob, [first, second])] : [plain, words(plain, element, first)];
  if (text === null) element.removeAttribute(changed);
  else element.setAttribute(changed, text);
  return `${changed}=${text === null ? "nothing" : `\u201c${text.slice(0, 40)}\u201d`}`;
}

async function method(element, [which, name, first, second]) {
  const knob = of(element.knobs, name);
  const view = of(element.views, name)?.name ?? "fit";
  const [words, work] = of([
    ["play()", () => element.play()],
    ["pause()", () => element.pause()],
    ["step()", () => element.step(1 + first % 5)],
    ["reset()", () => element.reset()],
    ["set()", () => knob && element.set(knob.name, value(knob, [first, second]))],
    ["twin()", () => knob && element.twin(knob.name, value(knob, [first, second]))],
    ["endTwin()", () => element.endTwin()],
    [`look(${view})`, () => element.look(view, (first % 3) - 1)],
    ["its own link", () => element.setAttribute("run", element.link())],
    [`svg(${view})`, () => element.svg(view)],
    [`png(${view})`, () => element.png(view)],
    ["csv()", () => element.csv()],
    ["json()", () => element.json()],
  ], which);
  const told = `${words}${/set|twin/.test(words) && knob ? ` ${knob.name}=${value(knob, [first, second]).slice(0, 40)}` : ""}`;
  try {
    await work();
    return told;
  } catch (error) {
    if (!isSentence(error.message)) throw new Error(`${told} of ${nameOf(element)} throws what is no sentence: ${error.message}`);
    return `${told}, refused: ${error.message}`;
  }
}

/** Where an element stood that is away. */
let away = null;

function tree(element, [which]) {
  if (away) {
    const { gone, mark } = away;
    away = null;
    mark.replaceWith(gone);
    return "put back";
  }
  const mark = document.createComment("");
  switch (which % 3) {
    case 0:
      away = { gone: element, mark };
      element.replaceWith(mark);
      return "removed";
    case 1:
      element.replaceWith(mark);
      mark.replaceWith(element);
      return "removed and put back at once";
    default:
      element.parentElement.append(element);
      return "moved";
  }
}

function size(element, [which]) {
  const width = of(["", "0px", "120px", "340px", "600px", "1100px"], which);
  element.style.width = width;
  return `width ${width || "as it was"}`;
}

/** Does what only a script can; answers what it was. */
window.act = async (kind, [which, ...numbers]) => {
  const element = of(elements(), which);
  if (!element && !away) return "nothing is there";
  const name = element ? nameOf(element) : "the page";
  return `${name}: ${await { attribute, method, tree, size }[kind](element, numbers)}`;
};

// --- what must hold -------------------------------------------------------------------

/** What is wrong after an action. */
window.wrong = async () => {
  await new Promise((done) => {
    requestAnimationFrame(done);
    setTimeout(done, 200);
  });
  if (document.fullscreenElement) await document.exitFullscreen();
  const found = [...window.__errors];
  for (const element of elements()) {
    const alert = element.shadowRoot.querySelector("[role=alert]");
    if (!alert.hidden && !isSentence(alert.querySelector("p").textContent)) found.push(`no sentence: ${alert.textContent}`);
    found.push(...faults(element).map((one) => `${nameOf(element)}: ${one}`));
  }
  return [...found, ...misspeltBelow(document.body)];
};

/** What is there before two seconds are over. */
async function soon(find) {
  for (let look = 0; look < 40 && !find(); look += 1) await new Promise((done) => setTimeout(done, 50));
  return find();
}

/** Whether every element still opens and takes a step. */
window.stillWorks = async () => {
  if (away) tree(null, [0]);
  const wrong = [];
  for (const element of elements()) {
    const known = exhibits.includes(element.getAttribute("exhibit") ?? "spectrum");
    if (!known) {
      element.setAttribute("exhibit", exhibits[0]);
      // It hears of that in its own time.
      await new Promise((done) => setTimeout(done, 50));
    }
    const refused = await element.ready.then(() => null, (error) => error);
    // The way on that the alert offers; which one it is has to be loaded.
    if (refused) (await soon(() => element.shadowRoot.querySelector("[role=alert] button"))).click();
    const end = await element.ready.then(() => {
      element.reset();
      element.step(2);
      return element.shadowRoot.querySelector(".end").textContent;
    }).catch((error) => error);
    if (end instanceof Error) wrong.push(`${nameOf(element)}: ${end}`);
    else if (element.stepCount !== 2 && !isSentence(end)) wrong.push(`${nameOf(element)} stands at step ${element.stepCount}`);
  }
  return [...wrong, ...await window.wrong()];
};
