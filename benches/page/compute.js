// Times the engine and its peer side by side, on the same run. The driver
// calls `window.bench`, a few rounds at a time.

import init, { Bench, OperatorBench } from "./bench_wasm.js";
import { Peer } from "./peer.js";

/** @type {{ours: Bench, peer: Peer, steps: number}|undefined} */
let pair;

/**
 * The engine keeps W column by column; the peer, like most code for one
 * example at a time, row by row.
 */
function rowByRow(parameters, sizes) {
  const turned = parameters.slice();
  let at = 0;
  for (let l = 0; l + 1 < sizes.length; l += 1) {
    const [inputs, outputs] = [sizes[l], sizes[l + 1]];
    for (let o = 0; o < outputs; o += 1) {
      for (let i = 0; i < inputs; i += 1) turned[at + o * inputs + i] = parameters[at + i * outputs + o];
    }
    at += (inputs + 1) * outputs;
  }
  return turned;
}

/** Opens a run of both: the same data, the same initial weights. */
function open({ points, widths, steps, dataSeed, weightSeed }) {
  const ours = new Bench(points, Uint32Array.from(widths), dataSeed, weightSeed);
  const sizes = [1, ...widths, 1];
  pair?.ours.free();
  pair = {
    ours,
    peer: new Peer({
      sizes,
      parameters: rowByRow(ours.weights(), sizes),
      inputs: ours.inputs(),
      labels: ours.labels(),
      stepSize: ours.stepSize,
    }),
    steps,
  };
}

/**
 * Eigenvalues below this share of the largest are judged on its scale: of two
 * numbers a trillionth of it, doubles do not hold eight digits, and of two
 * vectors that belong to the same eigenvalue, zero, neither is wrong.
 */
const RESOLVED = 1e-6;

/**
 * So many rounds, one frame of each in turn. Answers milliseconds, and how far
 * the results ever were apart: relative to each eigenvalue, to the loss, and,
 * for the resolved modes, to the sum of the energies.
 */
function rounds(count) {
  const { ours, peer, steps } = pair;
  const result = { ours: [], peer: [], eigenvalues: 0, loss: 0, energies: 0 };
  for (let round = 0; round < count; round += 1) {
    const start = performance.now();
    ours.step(steps);
    ours.observe();
    const values = ours.eigenvalues();
    const energies = ours.energies();
    const loss = ours.loss;
    const between = performance.now();
    peer.step(steps);
    peer.observe();
    const end = performance.now();
    result.ours.push(between - start);
    result.peer.push(end - between);

    const total = energies.reduce((sum, energy) => sum + energy, 0);
    const least = RESOLVED * values[0];
    const apart = values.map((value, i) => Math.abs(peer.eigenvalues[i] - value) / Math.max(value, least));
    const moved = energies.map((energy, i) => (values[i] < least ? 0 : Math.abs(peer.energies[i] - energy) / total));
    result.eigenvalues = Math.max(result.eigenvalues, ...apart);
    result.energies = Math.max(result.energies, ...moved);
    result.loss = Math.max(result.loss, Math.abs(peer.loss / loss - 1));
  }
  return result;
}

/**
 * So many rounds of a step alone and a step that enters the operators, one of
 * each in turn. Answers milliseconds, and whether both runs are the same.
 */
function operators({ points, tests, widths, warm, count }) {
  const both = new OperatorBench(points, tests, Uint32Array.from(widths));
  const result = { plain: [], observed: [], agree: false };
  for (let round = -warm; round < count; round += 1) {
    const start = performance.now();
    // A step alone is short beside the clock's grain: ten of them.
    for (let i = 0; i < 10; i += 1) both.plain();
    const between = performance.now();
    for (let i = 0; i < 10; i += 1) both.observed();
    const end = performance.now();
    if (round < 0) continue;
    result.plain.push((between - start) / 10);
    result.observed.push((end - between) / 10);
  }
  result.agree = both.agree();
  both.free();
  return result;
}

await init();
window.bench = { open, rounds, operators };
