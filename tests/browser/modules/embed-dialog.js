// embed-dialog.js: the window that gives out the lines.

import { showEmbed } from "../embed-dialog.js";
import { contains, equal, hostOf, test } from "./harness.js";

const FOLDER = new URL("../", import.meta.url).href;

/** The window over a host, and what it says. @param {HTMLElement} host */
function opened(host) {
  showEmbed(host);
  const dialog = host.shadowRoot.querySelector("dialog[open]");
  const lines = () => dialog.querySelector("textarea").value;
  const choose = (/** @type {string} */ name, /** @type {string} */ value) =>
    [...dialog.querySelectorAll(`input[name=${name}]`)].find((one) => one.value === value).click();
  return { dialog, lines, choose };
}

test("a card gives out its own lines", () => {
  const host = hostOf({ exhibit: "spectrum", views: "loss fit", controls: "gate", theme: "dark" }, { values: { noise: "0.8" } });
  equal(opened(host).lines(), `<script type="module" src="${FOLDER}ntk-playground.js"></script>\n`
    + '<ntk-playground exhibit="spectrum" noise="0.8" views="fit loss" controls="gate" theme="dark"></ntk-playground>');
});

test("an exhibit with all its parts gives out one with all of them", () => {
  const { lines, choose } = opened(hostOf({ exhibit: "spectrum" }));
  contains(lines(), '<ntk-playground exhibit="spectrum"></ntk-playground>');
  choose("controls", "none");
  contains(lines(), 'controls="none"');
  choose("views", "some");
  contains(lines(), 'views="fit eigenvalues"');
  choose("form", "iframe");
  contains(lines(), "embed.html?exhibit=spectrum&amp;views=fit+eigenvalues&amp;controls=none", "embed-host.js");
});

test("the present step can be chosen only where there is one", () => {
  const here = (/** @type {HTMLElement} */ host) => opened(host).dialog.querySelector("input[name=here]");
  equal(here(hostOf({})).disabled, true);
  equal(here(hostOf({}, { step: 1200, link: "step=1200" })).disabled, false);
  const moved = opened(hostOf({}, { step: 1200, link: "exhibit=spectrum&step=1200" }));
  contains(moved.dialog.textContent, "Replays to step 1\u202f200");
  moved.choose("here", "");
  contains(moved.lines(), 'step="1200"');
});

test("an unknown theme is that of the system", () => {
  const { dialog, lines } = opened(hostOf({ theme: "\"><i>" }));
  equal(dialog.querySelector("input[name=theme]:checked").value, "auto");
  equal(lines().includes("theme"), false);
});

test("a still picture is given out with its words and its file", async () => {
  const { dialog, lines, choose } = opened(hostOf({ exhibit: "spectrum", views: "fit" }, { step: 1200, link: "exhibit=spectrum&step=1200" }));
  const button = (/** @type {string} */ words) => [...dialog.querySelectorAll("button")].find((one) => one.textContent === words);
  equal(button("Save SVG").closest("[hidden]") !== null, true);
  choose("form", "picture");
  equal(lines(), '<img src="spectrum-step-1200-fit.svg" alt="What fit shows: a &lt; b">');
  equal(button("Save SVG").closest("[hidden]"), null);
  equal(dialog.querySelector("input[name=autoplay]").closest("[hidden]") !== null, true);
  contains(dialog.textContent, "As it is at step 1\u202f200, in the present theme.");
  const saved = [];
  const real = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
  button("Save SVG").click();
  await new Promise((done) => setTimeout(done, 10));
  HTMLAnchorElement.prototype.click = real;
  equal(saved.join(), "spectrum-step-1200-fit.svg");
});

test("without a chart a sentence says that nothing would be shown", () => {
  const { dialog, choose } = opened(hostOf({ views: "fit" }));
  choose("view", "fit");
  contains(dialog.textContent, "No chart is selected, so none would be shown.");
});
