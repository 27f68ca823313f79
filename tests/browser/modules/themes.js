// themes.js: which theme the page around an exhibit has.

import "../ntk-playground.js";
import { shownTheme } from "../theme-watch.js";
import { themeAround } from "../themes.js";
import { equal, test, until } from "./harness.js";

/** An element inside others, from the outermost: attributes and styles. */
function inside(...around) {
  let at = document.body;
  const outer = around.map((attributes) => {
    const one = document.createElement("div");
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
    if (attributes.css) one.style.cssText = attributes.css;
    at.append(one);
    at = one;
    return one;
  });
  const element = document.createElement("p");
  at.append(element);
  return { element, end: () => outer[0].remove() };
}

test("hosts say it in their own ways", () => {
  for (const [around, theme] of [
    [{ "data-theme": "dark" }, "dark"],
    [{ "data-theme": "projector" }, "projector"],
    [{ "data-bs-theme": "dark" }, "dark"],
    [{ "data-bs-theme": "light", css: "background: black" }, "light"],
    [{ "data-md-color-scheme": "slate" }, "dark"],
    [{ "data-md-color-scheme": "default", css: "background: black" }, "light"],
    [{ "data-color-mode": "dark" }, "dark"],
    [{ class: "page dark" }, "dark"],
    [{ class: "theme-dark" }, "dark"],
    [{ class: "dark-mode" }, "dark"],
    [{ class: "light", css: "background: black" }, "light"],
    [{ css: "color-scheme: dark" }, "dark"],
    [{ css: "color-scheme: only light; background: black" }, "light"],
    [{ css: "background: #123" }, "dark"],
    [{ css: "background: #fffdf7" }, "light"],
    [{ css: "background: rgb(0 0 0 / 90%)" }, "dark"],
    [{}, "light"],
    // About something else.
    [{ class: "text-dark bg-light dark:hidden darkroom" }, "light"],
    [{ "data-theme": "auto", css: "background: black" }, "dark"],
  ]) {
    const { element, end } = inside(around);
    equal(themeAround(element), theme, JSON.stringify(around));
    end();
  }
});

test("the nearest one decides, also across a shadow root", () => {
  const { element, end } = inside({ class: "dark" }, { "data-bs-theme": "light" });
  equal(themeAround(element), "light");
  const root = element.attachShadow ? document.createElement("div").attachShadow({ mode: "open" }) : null;
  if (root) {
    element.append(root.host);
    root.append(document.createElement("b"));
    equal(themeAround(root.firstElementChild), "light");
  }
  end();
});

test("a change of the page is followed", async () => {
  const { element, end } = inside({ "data-bs-theme": "light" });
  const exhibit = document.createElement("ntk-playground");
  element.append(exhibit);
  await exhibit.ready;
  equal(shownTheme(exhibit), "light");
  element.parentElement.setAttribute("data-bs-theme", "dark");
  await until(() => shownTheme(exhibit) === "dark");
  element.parentElement.removeAttribute("data-bs-theme");
  element.parentElement.className = "dark";
  await new Promise((done) => setTimeout(done, 100));
  equal(shownTheme(exhibit), "dark");
  exhibit.setAttribute("theme", "projector");
  await until(() => shownTheme(exhibit) === "projector");
  end();
});
