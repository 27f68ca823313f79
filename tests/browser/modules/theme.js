// theme.js and theme-watch.js: which theme a page and an element have, and the
// style that pictures are drawn in.

import { pictureStyle, readStyle, shownTheme, showTheme, unwatchTheme, watchTheme } from "../theme-watch.js";
import { equal, ok, test } from "./harness.js";

const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

/** What the script in the head makes of an address. @param {string} query */
async function pageTheme(query) {
  const { href } = location;
  const before = document.documentElement.dataset.theme;
  history.replaceState(null, "", `?${query}`);
  try {
    const script = document.createElement("script");
    script.src = "../theme.js";
    const loaded = new Promise((done) => { script.onload = done; });
    document.head.append(script);
    await loaded;
    script.remove();
    return document.documentElement.dataset.theme;
  } finally {
    history.replaceState(null, "", href);
    if (before === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = before;
  }
}

test("a page has the theme of its address, or that of the system", async () => {
  for (const theme of ["light", "dark", "projector"]) equal(await pageTheme(`theme=${theme}&noise=1`), theme);
  for (const query of ["", "theme=", "theme=auto", "theme=Dark", "theme=%22%3E%3Ci%3E", "theme=__proto__", "theme=constructor"]) equal(await pageTheme(query), system, query);
});

class Themed extends HTMLElement {
  changes = 0;
  themeChanged() { this.changes += 1; }
}
customElements.define("themed-element", Themed);

/** An element with a theme inside a page with one. @param {string|null} own @param {string|null} around */
function themed(own, around) {
  const place = document.createElement("div");
  if (around !== null) place.dataset.theme = around;
  const element = new Themed();
  if (own !== null) element.setAttribute("theme", own);
  place.append(element);
  document.body.append(place);
  return element;
}

test("an element has its own theme, else that around it, else that of the system", () => {
  for (const [own, around, theme] of [["dark", "light", "dark"], ["auto", "projector", "projector"], [null, "dark", "dark"], ["nonsense", "dark", "dark"], [null, "nonsense", system], [null, null, system]]) {
    const element = themed(own, around);
    showTheme(element);
    equal([shownTheme(element), element.changes], [theme, 1], `${own} in ${around}`);
    showTheme(element);
    equal(element.changes, 1, "nothing has changed");
  }
});

test("an element follows the page while it is watched", async () => {
  const element = themed(null, null);
  watchTheme(element);
  equal(shownTheme(element), undefined, "nothing is written before it shows something");
  showTheme(element);
  const page = document.documentElement;
  const before = page.dataset.theme;
  const seen = [];
  for (const theme of ["projector", "dark"]) {
    page.dataset.theme = theme;
    await new Promise((done) => setTimeout(done));
    seen.push(shownTheme(element));
    if (theme === "projector") unwatchTheme(element);
  }
  if (before === undefined) delete page.dataset.theme;
  else page.dataset.theme = before;
  equal(seen, ["projector", "projector"]);
});

test("a style has every colour in the form that the renderer reads", () => {
  const element = document.createElement("div");
  document.body.append(element);
  const colours = { ink: "#12AbEf", "ink-2": "red", "ink-3": "rgb(1, 2, 3)", rule: "rgba(250, 100, 7, 0.4)", "rule-2": "hsl(120 100% 50%)", ground: "nonsense", signal: "#abc" };
  for (const [name, colour] of Object.entries(colours)) element.style.setProperty(`--ntk-${name}`, colour);
  const { palette } = readStyle(element, 1);
  // Two fifths of a colour (102 of 255) are mixed with the ground; a ground that is none is the page's,
  // and any other colour that is none is that of the text.
  equal([palette.ink, palette.ink2, palette.ink3, palette.rule, palette.rule2, palette.ground, palette.signal, palette.noise],
    ["#12abef", "#ff0000", "#010203", "#fdc19c", "#00ff00", "#ffffff", "#aabbcc", "#000000"]);
  ok(Object.values(palette).every((colour) => /^#[0-9a-f]{6}$/i.test(colour)), JSON.stringify(palette));
});

test("sizes of a style are numbers, whatever a page says", () => {
  const element = document.createElement("div");
  document.body.append(element);
  const sizes = () => { const { fontSize, lineScale } = readStyle(element, 1); return [fontSize, lineScale]; };
  equal(sizes(), [12, 1]);
  element.style.setProperty("--ntk-size-chart", "15px");
  element.style.setProperty("--ntk-line-scale", "1.5");
  equal(sizes(), [15, 1.5]);
  for (const wrong of ["large", "0", "-"]) {
    element.style.setProperty("--ntk-size-chart", wrong);
    element.style.setProperty("--ntk-line-scale", wrong);
    equal(sizes(), [12, 1], wrong);
  }
});

test("hidden values are a part of the style, and a screen gets at least two pixels", () => {
  const element = document.createElement("div");
  document.body.append(element);
  equal([readStyle(element, 3).scale, readStyle(element, 1).hideValues], [3, false]);
  element.setAttribute("hide-values", "");
  equal([pictureStyle(element).scale, pictureStyle(element).hideValues], [Math.max(2, Math.ceil(devicePixelRatio)), true]);
});
