// Several files as one: a zip archive whose entries are stored as they are, since a
// browser keeps only the last of several downloads that begin at once.
// Source: PKWARE's .ZIP File Format Specification (APPNOTE 6.3), 4.3.7 to 4.3.16.

/** The names are UTF-8. */
const UTF_8 = 0x0800;
/** The version of the format that stored entries need, 1.0. */
const VERSION = 10;
/** 1 January 1980: a run has no date. */
const DATE = 0x0021;

/** The remainders of CRC-32, by byte. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/** @param {Uint8Array} bytes */
function crc(bytes) {
  let rest = -1;
  for (const byte of bytes) rest = REMAINDERS[(rest ^ byte) & 255] ^ (rest >>> 8);
  return ~rest >>> 0;
}

/** Numbers in little-endian order. @param {...[bytes: 2|4, value: number]} fields */
function record(...fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

/**
 * @param {[name: string, text: string][]} files
 * @returns {Blob}
 */
export function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const entries = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let offset = 0;
  const size = (/** @type {Uint8Array[]} */ parts) => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [name, text] of files) {
    const [title, content] = [encoder.encode(name), encoder.encode(text)];
    /** @type {[2|4, number][]} */
    const both = [[2, VERSION], [2, UTF_8], [2, 0], [2, 0], [2, DATE], [4, crc(content)], [4, content.length], [4, content.length], [2, title.length], [2, 0]];
    const entry = [record([4, 0x04034b50], ...both), title, content];
    directory.push(record([4, 0x02014b50], [2, VERSION], ...both, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), title);
    entries.push(...entry);
    offset += size(entry);
  }
  const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size(directory)], [4, offset], [2, 0]);
  return new Blob([...entries, ...directory, end], { type: "application/zip" });
}
