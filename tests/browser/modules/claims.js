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
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, ["verdicts", "name"].includes(name) ? one : spoiled(one)]));
  };
  // Also where an exhibit of the page gives its verdicts, and its title is a link.
  const element = await exhibit({ id: "first", exhibit: "spectrum", "data-page": "" });
  element.step(3);
  const root = await tableOf(spoiled);
  equal([root.querySelectorAll("img").length, root.textContent.includes("<img src=x>")], [0, true]);
  const link = root.querySelector("tbody a");
  equal([link.getAttribute("href"), link.textContent.includes("<img src=x>")], ["#first", true]);
});

test("counts are marks and words", async () => {
  const claim = (/** @type {string} */ name, /** @type {number[]} */ counts) => ({ name, theory: `Theory of ${name}.`, counts });
  const claims = [claim("a", [7, 1, 0, 0]), claim("b", [0, 0, 3, 5]), claim("c", [0, 0, 1, 0]), claim("d", [0, 0, 0, 0])];
  const root = await tableOf((file) => ({ ...file, exhibits: [{ name: "\"]<b>", title: "A title", claims }] }));
  const rows = [...root.querySelectorAll("tbody tr")].slice(1);
  equal(rows.map((row) => row.querySelector(".ours").textContent), ["Holds in 7 of 8, partly in 1", "Does not hold in 3 of 8, not judged in 5", "Does not hold", "\u2014"]);
  equal(rows.map((row) => row.querySelectorAll(".marks svg").length), [8, 8, 1, 0]);
  contains(root.querySelector(".summary").textContent, "Of 4 claims", "4 not run to the end or not judged");
});

test("a file that is none ends in a sentence", async () => {
  const root = await tableOf(() => ({ nothing: 1 }));
  contains(root.querySelector(".summary").textContent, "The claims could not be loaded", "Reload the page");
});
