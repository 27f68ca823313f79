// The engine and its peers, all with the same methods, on one problem.

import { Bench } from "./engine.js";
import { JacobianPeer } from "./jacobian.js";
import { StructuredPeer } from "./structured.js";
import { TensorFlowPeer } from "./tensorflow.js";

/**
 * @typedef {object} Participant
 * @property {(count: number) => void} step gradient descent on all points
 * @property {() => void} moments one step, with the mean square of the examples' gradients
 * @property {() => void} kernel loss, residual and K at the present weights
 * @property {() => void} [eigenbasis] of the last K, with the residual in it
 * @property {() => void} [modes] eigenvalues of the last K and the residual's energies alone
 * @property {() => void} [free]
 */

/**
 * @typedef {object} Problem
 * @property {number} points
 * @property {number[]} widths
 * @property {number} dataSeed
 * @property {number} weightSeed
 */

/**
 * The engine keeps W column by column; code in plain JavaScript, row by row.
 *
 * @param {Float64Array} parameters
 * @param {number[]} sizes
 */
export function rowByRow(parameters, sizes) {
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

/**
 * The engine, and the peers of these names: the same data, the same initial
 * weights.
 *
 * @param {Problem} problem
 * @param {string[]} names
 */
export function start({ points, widths, dataSeed, weightSeed }, names) {
  const engine = new Bench(points, Uint32Array.from(widths), dataSeed, weightSeed);
  const sizes = [1, ...widths, 1];
  const common = { sizes, inputs: engine.inputs(), labels: engine.labels(), stepSize: engine.stepSize };
  const byRows = () => ({ ...common, parameters: rowByRow(engine.weights(), sizes) });
  /** @type {Record<string, () => Participant>} */
  const makers = {
    jacobian: () => new JacobianPeer(byRows()),
    structured: () => new StructuredPeer(byRows()),
    tensorflow: () => new TensorFlowPeer({ ...common, parameters: engine.weights() }),
  };
  /** @type {[string, any][]} */
  const peers = names.map((name) => [name, makers[name]()]);
  return { engine, sizes, peers: new Map(peers) };
}
