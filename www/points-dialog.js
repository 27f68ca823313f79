// User data, training points: typed, pasted, dropped as a file, or edited
// in the picture. Text that is refused stays as it was typed.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { PointsHost } from "./keys.js" */

/** A file larger than this is no list of points. */
const MOST_BYTES = 100_000;

/** The bytes of a file as text: as its mark says, else UTF-8, else as older programs on Windows write. @param {ArrayBuffer} bytes */
function decoded(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const marked = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  try {
    return new TextDecoder(marked ?? "utf-8", { fatal: !marked }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * @param {NtkPlayground} host
 * @param {PointsHost|null} points
 */
export function showPoints(host, points) {
  if (!points) throw new Error("No visible chart shows the training points.");
  const { knob, ask, figure: { view } } = points;
  const text = h("textarea", { id: "points-text", autofocus: true, spellcheck: "false", autocomplete: "off", "aria-describedby": "points-help" });
  text.value = ask((p) => p.pointsText(view));
  const refused = h("p", { class: "refused", role: "alert", hidden: true });
  const refuse = (/** @type {string} */ sentence) => {
    refused.hidden = false;
    refused.textContent = sentence;
  };
  const act = (/** @type {() => void} */ work) => {
    try {
      work();
      dialog.close();
    } catch (error) {
      refuse(/** @type {Error} */ (error).message);
    }
  };
  const read = async (/** @type {File[]} */ files) => {
    const [file] = files;
    if (!file) return;
    // What stands there stays until something can take its place.
    if (files.length > 1) return refuse(`${files.length} files at once: open only one.`);
    if (file.size > MOST_BYTES) return refuse(`${file.name} has ${file.size} bytes; a list of points is no larger than ${MOST_BYTES}.`);
    try {
      text.value = decoded(await file.arrayBuffer());
      refused.hidden = true;
    } catch {
      refuse(`${file.name} cannot be read: it is a folder, or was moved or changed. Open it again.`);
    }
  };
  text.addEventListener("dragover", (event) => event.preventDefault());
  text.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    void read([...event.dataTransfer.files]);
  });
  const file = h("input", { type: "file", accept: ".csv,.txt,.tsv,text/*", hidden: true });
  file.addEventListener("change", () => {
    void read([...(file.files ?? [])]);
    // A file that has been mended is chosen by the same name.
    file.value = "";
  });
  const dialog = openDialog(/** @type {ShadowRoot} */ (host.shadowRoot), "Your data",
    h("p", { id: "points-help" }, "One point per line: x and y, separated by a comma, a semicolon, a tab or spaces. You can drop a file here. Networks learn best where x is between \u22121 and 1. The true function is unknown for your data, so no test error is shown."),
    h("label", { for: "points-text", class: "spoken" }, "Points"),
    text, refused, file,
    h("div", { class: "line" },
      h("button", { type: "button", class: "primary", onclick: () => act(() => host.set(knob, ask((p) => p.readPoints(text.value)))) }, "Use these points"),
      h("button", { type: "button", class: "outline", onclick: () => file.click() }, "Open a file\u2026"),
      ...(host.get(knob) === "none" ? [] : [h("button", { type: "button", class: "outline", onclick: () => act(() => host.set(knob, "none")) }, "Use generated data")])));
}
