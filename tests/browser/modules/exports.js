// exports.js: names of files, addresses, and what is saved and copied.

import { exhibitOf, exportActions, fileName, homeLink, save } from "../exports.js";
import { Messages } from "../messages.js";
import { contains, equal, hostOf, ok, test, until } from "./harness.js";

const HOME = new URL("../", import.meta.url).href;

/** What is saved while something is done: names, and contents. @param {() => unknown} work */
async function saved(work) {
  /** @type {[string, string][]} */
  const files = [];
  const real = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () { files.push([this.download, this.href]); };
  try {
    await work();
  } finally {
    HTMLAnchorElement.prototype.click = real;
  }
  return files;
}

test("without a name it is the first exhibit", () => {
  equal([exhibitOf(hostOf({})), exhibitOf(hostOf({ exhibit: "race" })), exhibitOf(hostOf({ exhibit: "" }))], ["spectrum", "race", ""]);
});

test("a file is called after exhibit and step", () => {
  equal(fileName(hostOf({ exhibit: "race-pinn" }, { step: 12000 })), "race-pinn-step-12000");
});

test("the address of the page has the exhibit, and the run", () => {
  equal(homeLink(hostOf({})), `${HOME}?exhibit=spectrum`);
  equal(homeLink(hostOf({ exhibit: "race" }), "exhibit=spectrum&noise=0.35&step=7"), `${HOME}?exhibit=race&noise=0.35&step=7`);
  const odd = new URL(homeLink(hostOf({ exhibit: "a&b#c\"<i>" }), "x=%00"));
  equal([odd.searchParams.get("exhibit"), odd.searchParams.get("x"), odd.hash], ["a&b#c\"<i>", "\0", ""]);
});

test("what is saved is a file by that name", async () => {
  const files = await saved(() => save("a name.csv", "x,\u2212y\n", "text/csv"));
  equal([files.length, files[0][0], files[0][1].startsWith("blob:")], [1, "a name.csv", true]);
});

/** An exhibit with these methods, and its actions by their words. @param {object} [more] */
function actions(more = {}) {
  const host = Object.assign(hostOf({}, { step: 5, link: "exhibit=spectrum&noise=0.2&step=5" }), {
    knobs: [{ name: "data", kind: { type: "points" } }], charts: { fit: {}, loss: {} }, csv: () => "a,b\n", svg: (/** @type {string} */ view) => `<svg>${view}</svg>`,
    json: async () => "{}", linkNote: "", ...more,
  });
  const messages = new Messages();
  const rows = exportActions(host, messages, {}, (work) => work());
  const find = (/** @type {string} */ words) => rows.flatMap((row) => row.actions).find((one) => one.words === words);
  return { host, messages, rows, find };
}

test("buttons save the numbers, every picture, and the networks", async () => {
  const { find } = actions();
  equal((await saved(() => find("CSV").act())).map(([name]) => name), ["spectrum-step-5.csv"]);
  /** @type {Blob[]} */
  const blobs = [];
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob) => (blobs.push(blob), createObjectURL(blob));
  const archive = await saved(async () => { find("Pictures").act(); await until(() => blobs.length); }).finally(() => { URL.createObjectURL = createObjectURL; });
  // One file: of several downloads that begin at once a browser keeps the last.
  equal(archive.map(([name]) => name), ["spectrum-step-5.zip"]);
  const content = await blobs[0].text();
  for (const words of ["spectrum-step-5-fit.svg", "<svg>loss</svg>"]) contains(content, words);
  const json = await saved(async () => { find("JSON").act(); await new Promise((done) => setTimeout(done, 20)); });
  equal(json.map(([name]) => name), ["spectrum-step-5.json"]);
});

test("points are offered only where a knob takes them", () => {
  ok(actions().rows.some(({ knob }) => knob === "data"), "a row of points");
  ok(!actions({ knobs: [] }).rows.some(({ label }) => label === "Your data"), "no row of points");
});

test("every action has a name and a sentence of help", () => {
  for (const { words, help } of actions().rows.flatMap((row) => row.actions)) ok(words && help, words);
});

/** Copies the link where the clipboard is this. @param {object|undefined} clipboard @param {object} [more] */
async function copied(clipboard, more) {
  const { find, messages } = actions(more);
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: clipboard });
  try {
    find("Copy link").act();
    await until(() => !messages.note.hidden);
  } finally {
    delete navigator.clipboard;
  }
  return messages.note.textContent;
}

test("a link is copied, with what it leaves out", async () => {
  let text = "";
  const clipboard = { writeText: async (/** @type {string} */ one) => { text = one; } };
  equal(await copied(clipboard), "The link is in the clipboard.");
  equal(text, `${HOME}?exhibit=spectrum&noise=0.2&step=5`);
  equal(await copied(clipboard, { linkNote: "Points are left out." }), "The link is in the clipboard. Points are left out.");
});

test("without a clipboard the link can be read", async () => {
  const refused = { writeText: async () => { throw new Error("no"); } };
  for (const clipboard of [undefined, refused]) contains(await copied(clipboard), `${HOME}?exhibit=spectrum&noise=0.2&step=5`);
});
