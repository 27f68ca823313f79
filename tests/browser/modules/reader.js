// reader.js and png.js: what can be read from an exhibit, open or not.

import { pngOf } from "../png.js";
import { ExhibitReader } from "../reader.js";
import { contains, equal, exhibit, ok, test, thrown } from "./harness.js";

class Bare extends ExhibitReader {
  /** @param {object} playground */
  open(playground) {
    this.hold({ call: (/** @type {(p: object) => unknown} */ work) => work(playground), views: [{ name: "fit" }, { name: "loss" }], knobs: [{ name: "noise" }], close() { playground.closed = true; } });
  }
}
customElements.define("test-reader", Bare);
const bare = () => /** @type {Bare} */ (document.createElement("test-reader"));

test("what is not open has nothing to read", () => {
  const reader = bare();
  equal([reader.stepCount, reader.knobs, reader.views, reader.readings, reader.charts, reader.ledger, reader.twinned, reader.caption, reader.description, reader.linkNote],
    [0, [], [], {}, {}, [], null, "", "", ""]);
});

test("what is not open says so when it is asked", async () => {
  const reader = bare();
  for (const ask of [() => reader.get("noise"), () => reader.link(), () => reader.csv(), () => reader.svg("fit"), () => reader.png("fit")]) {
    equal(await thrown(ask), "This exhibit is not open yet. Wait for its `ready` promise.");
  }
});

test("what is open is read from its engine", () => {
  const reader = bare();
  const sizes = [];
  reader.open({ stepCount: 7, get: (/** @type {string} */ knob) => `${knob}!`, link: () => "exhibit=spectrum", csv: () => "a,b", chart: (/** @type {string} */ view) => ({ of: view }),
    svg: (/** @type {unknown[]} */ view, width, height, style) => { sizes.push([width, height, style.scale]); return `<svg>${view}</svg>`; } });
  equal([reader.stepCount, reader.get("noise"), reader.link(), reader.csv(), reader.charts, reader.svg("fit")],
    [7, "noise!", "exhibit=spectrum", "a,b", { fit: { of: "fit" }, loss: { of: "loss" } }, "<svg>fit</svg>"]);
  equal(sizes, [[608, 252, 1]], "a view that is not on the page has a size as well");
  equal(reader.twinned, null, "an engine without second runs has none");
});

test("opening another closes the one before", () => {
  const reader = bare();
  const first = { stepCount: 1 };
  reader.open(first);
  reader.open({ stepCount: 2 });
  equal([first.closed, reader.stepCount], [true, 2]);
});

test("a PNG is as large as asked, and complete", async () => {
  const drawn = [];
  const playground = { draw: (/** @type {string} */ view, context, width, height) => { drawn.push([view, width, height]); context.fillRect(0, 0, 10, 10); } };
  const blob = await pngOf(playground, "fit", 300, 150, { scale: 2 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const words = new DataView(bytes.buffer);
  equal([blob.type, [...bytes.slice(0, 8)], words.getUint32(16), words.getUint32(20), drawn], ["image/png", [137, 80, 78, 71, 13, 10, 26, 10], 600, 300, [["fit", 300, 150]]]);
  equal([...bytes.slice(-8)], [73, 69, 78, 68, 174, 66, 96, 130]);
});

test("without a canvas, and with one too large, a PNG is refused with a sentence", async () => {
  const { getContext, toBlob } = HTMLCanvasElement.prototype;
  try {
    HTMLCanvasElement.prototype.getContext = () => null;
    contains(await thrown(() => pngOf({ draw() {} }, "fit", 300, 150, { scale: 2 })), "Canvas is unavailable", "SVG");
    HTMLCanvasElement.prototype.getContext = getContext;
    HTMLCanvasElement.prototype.toBlob = (/** @type {(blob: null) => void} */ done) => done(null);
    contains(await thrown(() => pngOf({ draw() {} }, "fit", 300, 150, { scale: 2 })), "\u201cfit\u201d", "PNG");
  } finally {
    Object.assign(HTMLCanvasElement.prototype, { getContext, toBlob });
  }
});

test("where a browser scrambles pixels a PNG is refused, and the SVG offered", async () => {
  const { getImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.getImageData = function (...all) {
    const picture = getImageData.apply(this, all);
    picture.data[40] ^= 1;
    return picture;
  };
  try {
    contains(await thrown(async () => pngOf({ draw() {} }, "fit", 300, 150, { scale: 2 })), "randomises", "SVG");
  } finally {
    CanvasRenderingContext2D.prototype.getImageData = getImageData;
  }
});

test("the CSV of an exhibit has its link, its settings and the readings on show", async () => {
  const element = await exhibit({ exhibit: "spectrum", noise: "0.35" });
  element.step(40);
  const lines = element.csv().split("\n");
  contains(lines.filter((line) => line.startsWith("# ")).join("\n"), element.link(), "# noise = 0.35");
  const readings = Object.entries(element.readings);
  ok(readings.length > 10, String(readings.length));
  for (const [name, value] of readings) {
    const cell = lines.find((line) => line.startsWith(`${name},`))?.split(",")[1];
    equal(cell === "" ? NaN : Number(cell), value, name);
  }
});
