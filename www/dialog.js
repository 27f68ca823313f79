// A modal window inside the element. The browser keeps the focus in it and
// gives it back; Escape closes it.

import css from "./dialog.css.js";
import { h, icon, sheet, adoptSheet } from "./dom.js";

const styles = sheet(css);

/**
 * Opens a window over the page.
 * @param {ShadowRoot} root of the element it belongs to
 * @param {string} title
 * @param {...Node} content
 */
export function openDialog(root, title, ...content) {
  adoptSheet(root, styles);
  const close = h("button", { type: "button", class: "glyph", "aria-label": "Close", onclick: () => dialog.close() }, icon("close"));
  /** @type {HTMLDialogElement} */
  const dialog = h("dialog", { part: "dialog", "aria-labelledby": "dialog-title" },
    h("header", {}, h("h2", { id: "dialog-title" }, title), close),
    ...content);
  dialog.addEventListener("close", () => dialog.remove());
  // A click on the backdrop hits the dialog itself, outside its own box.
  dialog.addEventListener("pointerdown", (event) => {
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (event.target === dialog && !inside) dialog.close();
  });
  // In the frame, where nothing of the page is inherited.
  (root.querySelector(".frame") ?? root).append(dialog);
  dialog.showModal();
  return dialog;
}
