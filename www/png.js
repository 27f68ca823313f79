// A view as a file of pixels, drawn on a canvas that nobody sees.

import { h } from "./dom.js";
import { contextOf } from "./figure.js";

/** @import { Style } from "./ntk_playground.js" */
/** @import { Playground } from "./wasm.js" */

/**
 * A view as a PNG, whether it is on the page or not.
 * @param {Playground} playground
 * @param {string} view
 * @param {number} width
 * @param {number} height
 * @param {Style} style
 * @returns {Promise<Blob>}
 */
export function pngOf(playground, view, width, height, style) {
  const canvas = h("canvas");
  const context = contextOf(canvas, width, height, style.scale);
  if (!context) throw new Error("This browser gives no canvas to draw on; the SVG needs none.");
  playground.draw(view, context, width, height, style);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`The view “${view}” could not be turned into a PNG.`));
    }, "image/png");
  });
}
