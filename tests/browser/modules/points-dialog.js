// points-dialog.js: files of points, readable or not.

import { contains, equal, exhibit, ok, test, until } from "./harness.js";

/** The window of points of an exhibit: its text, what it refuses, and ways to give it files. */
async function opened() {
  const element = await exhibit({ views: "fit", controls: "data" });
  const root = element.shadowRoot;
  [...root.querySelectorAll("button")].find((button) => button.textContent.startsWith("Points")).click();
  const dialog = await until(() => root.querySelector("dialog[open]"));
  const [text, input, refused] = ["textarea", "input[type=file]", ".refused"].map((selector) => dialog.querySelector(selector));
  const list = (/** @type {File[]} */ files) => {
    const data = new DataTransfer();
    for (const file of files) data.items.add(file);
    return data;
  };
  const choose = (/** @type {File[]} */ ...files) => {
    input.files = list(files).files;
    input.dispatchEvent(new Event("change"));
  };
  const drop = (/** @type {File[]} */ ...files) => text.dispatchEvent(new DragEvent("drop", { dataTransfer: list(files), cancelable: true, bubbles: true }));
  return { dialog, text, refused, choose, drop, input };
}

const file = (/** @type {BlobPart} */ content, name = "points.csv") => new File([content], name);

test("a file is read, and read again after it was mended", async () => {
  const { text, choose, input } = await opened();
  choose(file("x,y\n1,"));
  await until(() => text.value === "x,y\n1,");
  equal(input.value, "", "the same name can be chosen again");
  choose(file("x,y\n1,2"));
  await until(() => text.value === "x,y\n1,2");
});

test("files are decoded as their programs wrote them", async () => {
  const { text, drop } = await opened();
  const wide = (/** @type {string} */ words, /** @type {boolean} */ little) => {
    const view = new DataView(new ArrayBuffer(2 * words.length));
    [...words].forEach((letter, i) => view.setUint16(2 * i, letter.charCodeAt(0), little));
    return view.buffer;
  };
  for (const content of [
    "\u2212\u00b5,1",
    wide("\ufeff\u2212\u00b5,1", true),
    wide("\ufeff\u2212\u00b5,1", false),
  ]) {
    text.value = "";
    drop(file(content));
    await until(() => text.value === "\u2212\u00b5,1");
  }
  // One byte a letter, as Windows has it.
  drop(file(new Uint8Array([0xb5, 0x2c, 0x31, 0x96])));
  await until(() => text.value === "\u00b5,1\u2013");
});

test("what cannot be read is said, and nothing typed is lost", async () => {
  const { text, refused, choose, drop } = await opened();
  text.value = "0.1,0.2";
  drop(file("1,2", "a.csv"), file("3,4", "b.csv"));
  contains(refused.textContent, "2 files at once");
  // A folder, or a file that has gone: its bytes do not come.
  const { arrayBuffer } = File.prototype;
  Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
  try {
    choose(file("1,2", "gone.csv"));
    await until(() => refused.textContent.includes("gone.csv cannot be read"));
  } finally {
    Blob.prototype.arrayBuffer = arrayBuffer;
  }
  choose(file("1,2\n".repeat(40_000), "large.csv"));
  await until(() => refused.textContent.includes("large.csv has 160000 bytes"));
  equal(text.value, "0.1,0.2");
  ok(!refused.hidden, "it is on the screen");
  choose(file("1,2"));
  await until(() => refused.hidden);
});
