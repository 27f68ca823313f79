// The page in a frame: it shows the exhibit of its address, and reports its height to
// the page around it.

import { isYes, parametersOf, SWITCHES, wordOf, WORDS } from "./attributes.js";

/** The parameter that only a frame has. */
const TRANSPARENT = "transparent";

const root = document.documentElement;
const asked = parametersOf(location.search);
const isOn = (/** @type {string} */ name) => isYes(asked.get(name));

/** The background colour that the address asks for. */
const background = asked.get("ground") ?? "";
const hasBackground = CSS.supports("color", background);

// Everything else is about the run. What the exhibit does not know it names in
// a note, as it does for a link.
const run = new URLSearchParams([...asked].filter(([name]) => !WORDS.includes(name) && !SWITCHES.includes(name) && name !== TRANSPARENT && !(name === "ground" && hasBackground))).toString();

const exhibit = document.createElement("ntk-playground");
for (const name of WORDS) {
  const value = name === "exhibit" ? wordOf(asked.get(name)) : asked.get(name);
  if (value !== null) exhibit.setAttribute(name, value);
}
for (const name of SWITCHES) exhibit.toggleAttribute(name, isOn(name));
if (run) exhibit.setAttribute("run", run);
root.toggleAttribute("data-transparent", isOn(TRANSPARENT));
if (hasBackground) {
  for (const part of [root, exhibit]) part.style.setProperty("--ntk-ground", background);
}
exhibit.append(...document.querySelectorAll(".late"));
document.body.prepend(exhibit);

// --- theme -------------------------------------------------------------------

// The script in the head has chosen one; without one in the address it
// follows the system from then on.
const dark = matchMedia("(prefers-color-scheme: dark)");
if (!["light", "dark", "projector"].includes(asked.get("theme") ?? "")) {
  dark.addEventListener("change", () => (root.dataset.theme = dark.matches ? "dark" : "light"));
}

// --- height ------------------------------------------------------------------

let reported = 0;

function report() {
  // The exhibit's own height, not the page's, which is at least the frame's.
  const height = Math.ceil(exhibit.getBoundingClientRect().height);
  if (height === 0) return;
  reported = height;
  // To whoever has framed this page: a height is no secret.
  parent.postMessage({ type: "ntk-height", height, exhibit: exhibit.getAttribute("exhibit") ?? "spectrum" }, "*");
}

if (parent !== window) {
  new ResizeObserver(() => {
    if (Math.ceil(exhibit.getBoundingClientRect().height) !== reported) report();
  }).observe(exhibit);
  // A page whose script comes later than the first word asks for it again.
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.type === "ntk-height-please") report();
  });
}
