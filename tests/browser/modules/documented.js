// docs/embedding.md against the modules: it lists the whole interface of the
// element, and no more.

import { mayBeKnob } from "../attributes.js";
import dialog from "../dialog.css.js";
import element from "../element.css.js";
import { NtkPlayground } from "../element.js";
import { PARTS } from "../part-names.js";
import { exhibits } from "../session.js";
import { readStyle } from "../theme-watch.js";
import { equal, ok, test } from "./harness.js";

const guide = await (await fetch("./embedding.md")).text();

/** Names in the first column of the table under a header: `step(count = 1)` is `step`. @param {string} header */
function listed(header) {
  const lines = guide.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${header} |`));
  ok(start >= 0, `a table of every ${header}`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  const names = rows.slice(0, end).map((line) => line.split("`")[1].split("(")[0]);
  ok(names.length > 3, `a table of every ${header}`);
  return names.sort();
}

/** A method whose name is an attribute as well is given out by a getter, which needs no element. @param {(() => unknown)|undefined} get */
function method(get) {
  try {
    return get?.call(null);
  } catch {
    return undefined;
  }
}

test("methods and properties are those of the document", () => {
  // What is between the element and HTMLElement, by kind. Left out is what the
  // browser calls, and what the classes share among themselves.
  const own = ["constructor", "connectedCallback", "disconnectedCallback", "adoptedCallback", "themeChanged", "printed", "hold", "opened", "sizeOf"];
  /** @type {[Set<string>, Set<string>]} */
  const [methods, properties] = [new Set(), new Set()];
  for (let level = NtkPlayground.prototype; level !== HTMLElement.prototype; level = Object.getPrototypeOf(level)) {
    for (const [name, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (!own.includes(name)) (typeof (value ?? method(get)) === "function" ? methods : properties).add(name);
    }
  }
  equal([...methods].sort(), listed("method"));
  equal([...properties].sort(), listed("property"));
});

test("no attribute of the document is taken for a knob", () => {
  equal(listed("attribute").filter((name) => mayBeKnob(name)), []);
});

test("exhibits are those of the document", async () => {
  const row = guide.split("\n").find((line) => line.startsWith("| `exhibit`"));
  const names = row.split("`").filter((_, i) => i % 2 === 1).slice(1);
  equal((await exhibits("race")).map(({ name }) => name).sort(), names.sort());
});

test("parts are those of the document, and the window over the page", () => {
  equal([...Object.keys(PARTS), "dialog"].sort(), listed("part"));
});

test("every custom property of the document is followed", () => {
  const names = listed("custom property");
  ok(names.length > 15, String(names));
  const probe = document.createElement("div");
  document.body.append(probe);
  // Named in a style sheet of the element, or in the list that pictures read.
  const unused = names.filter((name) => {
    const before = JSON.stringify(readStyle(probe, 1));
    probe.style.setProperty(name, /size|scale/.test(name) ? "3" : "#123456");
    const drawn = JSON.stringify(readStyle(probe, 1)) !== before;
    probe.style.removeProperty(name);
    return !drawn && !element.includes(`var(${name}`) && !dialog.includes(`var(${name}`);
  });
  equal(unused, []);
});
