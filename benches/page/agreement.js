// How far apart the engine and a peer are: largest differences, relative.

import { rowByRow } from "./participants.js";

/**
 * Eigenvalues below this share of the largest are judged on its scale: of two
 * numbers a trillionth of it, doubles do not hold eight digits, and of two
 * vectors that belong to the same eigenvalue, zero, neither is wrong.
 */
const RESOLVED = 1e-6;

/**
 * Relative to the largest entry.
 *
 * @param {ArrayLike<number>} exact
 * @param {ArrayLike<number>} given
 */
function distance(exact, given) {
  let [largest, apart] = [0, exact.length === given.length ? 0 : NaN];
  for (let i = 0; i < exact.length; i += 1) {
    largest = Math.max(largest, Math.abs(exact[i]));
    apart = Math.max(apart, Math.abs(exact[i] - given[i]));
  }
  return largest === 0 ? apart : apart / largest;
}

/** Entries of K and the loss. @param {any} engine @param {any} peer @param {number} firstLoss */
export function kernels(engine, peer, firstLoss) {
  return {
    kernel: distance(engine.entries(), peer.entries),
    // Once nothing but rounding is left of it, on the scale of where it began.
    loss: Math.abs(peer.loss - engine.loss) / Math.max(engine.loss, RESOLVED * firstLoss),
  };
}

/** Mean squares of the examples' gradients. @param {any} engine @param {any} peer @param {number[]} sizes */
export function moments(engine, peer, sizes) {
  const exact = engine.meanSquare();
  // Doubles come row by row, TensorFlow.js has the engine's order.
  const turned = peer.meanSquare instanceof Float64Array ? rowByRow(exact, sizes) : exact;
  return { moments: distance(turned, peer.meanSquare) };
}

/**
 * Eigenvalues, each relative to itself, and the energies of the resolved
 * modes, relative to their sum.
 *
 * @param {any} engine
 * @param {any} peer
 */
export function eigenbases(engine, peer) {
  /** @type {Float64Array} */
  const values = engine.eigenvalues();
  /** @type {Float64Array} */
  const energies = engine.energies();
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  const least = RESOLVED * values[0];
  let [apart, moved] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    apart = Math.max(apart, Math.abs(peer.eigenvalues[i] - values[i]) / Math.max(values[i], least));
    if (values[i] >= least) moved = Math.max(moved, Math.abs(peer.energies[i] - energies[i]) / total);
  }
  return { eigenvalues: apart, energies: moved };
}
