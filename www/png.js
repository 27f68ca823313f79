// A view as a file of pixels, drawn on a canvas that nobody sees.

import { h } from "./dom.js";
import { contextOf } from "./figure.js";

/** @import { Style } from "./ntk_playground.js" */
/** @import { Playground } from "./wasm.js" */

/**
 * Whether the browser gives back other pixels than were drawn, as some do so that
 * nobody is told by the way they draw: a picture would be noise.
 */
function isScrambled() {
  const canvas = h("canvas", { width: 16, height: 16 });
  const context = canvas.getContext("2d");
  if (!context) return false;
  for (let i = 0; i < 16; i += 1) {
    context.fillStyle = `rgb(${16 * i} ${255 - 16 * i} ${(37 * i) % 256})`;
    context.fillRect(i, 0, 1, 16);
  }
  const { data } = context.getImageData(0, 0, 16, 16);
  return data.some((value, at) => {
    const i = (at >> 2) % 16;
    return value !== [16 * i, 255 - 16 * i, (37 * i) % 256, 255][at & 3];
  });
}

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
  if (isScrambled()) throw new Error("This browser randomises pixels read from a canvas, against fingerprinting, so a PNG would be noise. Save the SVG instead.");
  const canvas = h("canvas");
  const context = contextOf(canvas, width, height, style.scale);
  if (!context) throw new Error("Canvas is unavailable. Save the SVG instead.");
  playground.draw(view, context, width, height, style);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`The view “${view}” could not be converted to PNG.`));
    }, "image/png");
  });
}
