// Makes the engine panic where a test asks for it, as a fault of its own would.
// It measures words with the canvas; where that says that a word is NaN wide, it
// has no place for the word and panics. `window.fault` says where: "draw" in the
// next drawing that has a new word, "step" between two steps, "throw" for a
// canvas that refuses.
import { loadEngine } from "../wasm.js";

const { Playground } = await loadEngine("spectrum");

const { prototype } = CanvasRenderingContext2D;
const { measureText, beginPath } = prototype;
prototype.measureText = function (text) {
  return window.fault === "draw" ? { width: NaN } : measureText.call(this, text);
};
prototype.beginPath = function () {
  if (window.fault === "throw") throw new DOMException("No such path.", "InvalidStateError");
  return beginPath.call(this);
};

const roles = ["ink", "ink2", "ink3", "rule2", "rule", "ground", "signal", "signalTint", "noise", "noiseTint", "test", "testTint"];
const style = {
  palette: Object.fromEntries(roles.map((role) => [role, "#000000"])),
  fontFamily: "serif", fontSize: 12, lineScale: 1, scale: 1, hideValues: false,
};

// A step asks for nothing but the time, so the panic comes from a drawing that
// is made while it asks.
let stepping = 0;
const { advance } = Playground.prototype;
Playground.prototype.advance = function (...all) {
  stepping = 1;
  try {
    return advance.apply(this, all);
  } finally {
    stepping = 0;
  }
};
const { now } = Performance.prototype;
Performance.prototype.now = function () {
  // The first time is before the first step.
  if (window.fault === "step" && stepping++ === 3) {
    window.fault = "draw";
    const context = document.createElement("canvas").getContext("2d");
    Playground.open("spectrum", "").draw("fit", context, 300, 200, style);
  }
  return now.call(this);
};
