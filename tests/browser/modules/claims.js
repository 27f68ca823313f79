// claims.js: the table of all claims.

import { contains, equal, exhibit, test, until } from "./harness.js";

/** The table made of a changed claims.json. @param {(file: unknown) => unknown} change */
async function tableOf(change) {
  const asked = window.fetch;
  window.fetch = async (address, ...rest) => {
    const response = await asked(address, ...rest);
    return String(address).endsWith("claims.json") ? Response.json(change(await response.json())) : response;
  };
  try {
    await import("../claims.js");
    const claims = document.createElement("ntk-claims");
    document.body.append(claims);
    await until(() => claims.shadowRoot?.querySelector("tbody") || /could not be loaded/.test(claims.shadowRoot?.textContent ?? ""));
    return claims.shadowRoot;
  } finally {
    window.fetch = asked;
  }
}

test("texts stay texts", async () => {
  // The same file, with markup in every text.
  const spoiled = (/** @type {unknown} */ value) => {
    if (typeof value === "string") return `${value}<img src=x>`;
    if (Array.isArray(value)) return value.map(spoiled);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, ["verdicts", "verdict", "name"].includes(name) ? one : spoiled(one)]));
  };
  // Also where an exhibit of the page gives its verdicts, and its title is a link.
  const element = await exhibit({ id: "first", exhibit: "spectrum", "data-page": "" });
  element.step(3);
  const root = await tableOf(spoiled);
  equal([root.querySelectorAll("img").length, root.textContent.includes("<img src=x>")], [0, true]);
  const link = root.querySelector("tbody a");
  equal([link.getAttribute("href"), link.textContent.includes("<img src=x>")], ["#first", true]);
});

test("a verdict is a mark, a word and what it rests on", async () => {
  const claim = (/** @type {string} */ name, /** @type {number[]} */ counts, /** @type {string} */ verdict) => ({ name, theory: `Theory of ${name}.`, counts, verdict, evidence: `as in ${name}` });
  const claims = [claim("a", [7, 0, 1, 0, 0, 0, 0], "holds"), claim("b", [0, 0, 0, 0, 3, 0, 5], "does-not-hold"), claim("c", [0, 0, 0, 0, 0, 0, 8], "not-yet"), claim("d", [0, 0, 0, 0, 0, 0, 0], "not-yet")];
  const root = await tableOf((file) => ({ ...file, exhibits: [{ name: "\"]<b>", title: "A title", claims }] }));
  const rows = [...root.querySelectorAll("tbody tr")].slice(1);
  equal(rows.map((row) => row.querySelector(".ours").textContent), ["Holds as in a", "Does not hold as in b", "Not judged as in c", "\u2014"]);
  equal(rows.map((row) => row.querySelector(".tally")?.dataset.runs), ["holds 7, partly 1", "does-not-hold 3, not-yet 5", "not-yet 8", undefined]);
  equal(rows.map((row) => row.querySelectorAll(".ours .mark svg").length), [1, 1, 1, 0]);
  contains(root.querySelector(".summary").textContent, "Of 4 claims", "4 not run to the end or not judged");
});

test("a file that is none ends in a sentence", async () => {
  const root = await tableOf(() => ({ nothing: 1 }));
  contains(root.querySelector(".summary").textContent, "The claims could not be loaded", "Reload the page");
});
