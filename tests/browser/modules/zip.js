// zip.js: a zip archive that any program reads, by the format's own description.

import { zip } from "../zip.js";
import { equal, ok, test } from "./harness.js";

/** The entries of an archive, read from its directory as a program would. @param {Blob} archive */
async function read(archive) {
  const bytes = await archive.arrayBuffer();
  const view = new DataView(bytes);
  const text = (/** @type {number} */ at, /** @type {number} */ length) => new TextDecoder().decode(new Uint8Array(bytes, at, length));
  const end = bytes.byteLength - 22;
  equal(view.getUint32(end, true), 0x06054b50, "it ends with the end of its directory");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  equal(at + view.getUint32(end + 12, true), end, "the directory is before it");
  const files = [];
  for (let i = 0; i < count; i += 1) {
    equal(view.getUint32(at, true), 0x02014b50);
    const [crc, size, name] = [view.getUint32(at + 16, true), view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
    const local = view.getUint32(at + 42, true);
    equal(view.getUint32(local, true), 0x04034b50);
    equal([view.getUint32(local + 14, true), view.getUint32(local + 22, true), view.getUint16(local + 26, true)], [crc, size, name]);
    files.push([text(at + 46, name), text(local + 30 + name, size), crc]);
    at += 46 + name;
  }
  return files;
}

test("files come out as they went in", async () => {
  // The check value of CRC-32, and words beyond ASCII.
  const files = [["a.txt", "123456789"], ["\u03c3\u00b2.svg", "<svg>\u2212\u{1d6c8}</svg>"], ["empty.txt", ""]];
  const found = await read(zip(files));
  equal(found.map(([name, text]) => [name, text]), files);
  equal(found[0][2], 0xcbf43926);
  equal(found[2][2], 0);
});

test("an archive without files is one as well", async () => {
  const archive = zip([]);
  equal([archive.size, archive.type], [22, "application/zip"]);
  ok((await read(archive)).length === 0);
});
