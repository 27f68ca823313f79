// What a frame of the spectrum exhibit computes, the way that demos in plain
// JavaScript compute it: the Jacobian J as a matrix, n x P, one backward pass
// for each example; K = J J^T by three loops; a library's eigensolver. Written
// as a user of such demos would, with care for what costs nothing: typed
// arrays allocated once, loops along memory, half of a symmetric matrix only.
// No WebAssembly, no trick that takes thought about the kernel.

import { eigenbasis } from "./eigenbasis.js";
import { Network } from "./network.js";

/**
 * @typedef {object} Start
 * @property {number[]} sizes units from input to output
 * @property {Float64Array} parameters layer by layer W row by row, then b
 * @property {Float64Array} inputs
 * @property {Float64Array} labels
 * @property {number} stepSize
 */

export class JacobianPeer {
  #network;
  #inputs;
  #labels;
  #stepSize;
  #origin;
  #residual;
  #gradient;
  #jacobian;

  loss = 0;
  /** Parameters that the hard gate would let move. */
  open = 0;
  /** @type {Float64Array} */
  eigenvalues = new Float64Array();
  /** @type {Float64Array} */
  energies = new Float64Array();

  /** @param {Start} start */
  constructor({ sizes, parameters, inputs, labels, stepSize }) {
    const n = inputs.length;
    this.#network = new Network(sizes, parameters);
    this.#inputs = inputs;
    this.#labels = labels;
    this.#stepSize = stepSize;
    // Outputs count from where they started, so that the run starts at zero.
    this.#origin = inputs.map((x) => this.#network.forward(x));
    this.#residual = new Float64Array(n);
    this.#gradient = new Float64Array(parameters.length);
    this.#jacobian = new Float64Array(n * parameters.length);
    /** K, n x n. */
    this.entries = new Float64Array(n * n);
    /** Mean square over the examples of each parameter's gradient. */
    this.meanSquare = new Float64Array(parameters.length);
  }

  /** Gradient descent on (1/2n) |r|^2. @param {number} count */
  step(count) {
    const gradient = this.#gradient;
    const n = this.#inputs.length;
    for (let step = 0; step < count; step += 1) {
      gradient.fill(0);
      for (let i = 0; i < n; i += 1) {
        const error = this.#error(i);
        this.#network.backward(error / n, gradient, 0);
      }
      this.#move();
    }
  }

  /**
   * One step whose gradient is the mean of the examples' gradients, held as a
   * matrix, with their mean square and what the hard gate makes of both.
   */
  moments() {
    const n = this.#inputs.length;
    const J = this.#jacobian;
    const [gradient, meanSquare] = [this.#gradient, this.meanSquare];
    const size = gradient.length;
    J.fill(0);
    gradient.fill(0);
    meanSquare.fill(0);
    for (let i = 0; i < n; i += 1) {
      const error = this.#error(i);
      this.#network.backward(error, J, i * size);
    }
    for (let i = 0; i < n; i += 1) {
      const row = i * size;
      for (let p = 0; p < size; p += 1) {
        const x = J[row + p];
        gradient[p] += x;
        meanSquare[p] += x * x;
      }
    }
    this.open = 0;
    for (let p = 0; p < size; p += 1) {
      gradient[p] /= n;
      meanSquare[p] /= n;
      if (n * meanSquare[p] < (n * n - n + 1) * gradient[p] * gradient[p]) this.open += 1;
    }
    this.#move();
  }

  /** Residual, loss, and K = J J^T. */
  kernel() {
    const n = this.#inputs.length;
    const size = this.#network.parameters.length;
    const residual = this.#residual;
    this.#jacobian.fill(0);
    let squares = 0;
    for (let i = 0; i < n; i += 1) {
      residual[i] = this.#error(i);
      squares += residual[i] * residual[i];
      this.#network.backward(1, this.#jacobian, i * size);
    }
    this.loss = squares / (2 * n);
    this.#multiply();
  }

  /** Eigenvalues, and the residual's energy in each mode. */
  eigenbasis() {
    const { values, energies } = eigenbasis(this.entries, this.#residual);
    this.eigenvalues = values;
    this.energies = energies;
  }

  #move() {
    const { parameters } = this.#network;
    const gradient = this.#gradient;
    for (let p = 0; p < parameters.length; p += 1) parameters[p] -= this.#stepSize * gradient[p];
  }

  /** Prediction minus label. @param {number} i */
  #error(i) {
    return this.#network.forward(this.#inputs[i]) - this.#origin[i] - this.#labels[i];
  }

  /** K = J J^T. */
  #multiply() {
    const n = this.#inputs.length;
    const size = this.#network.parameters.length;
    const [J, K] = [this.#jacobian, this.entries];
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        const [a, b] = [i * size, j * size];
        let sum = 0;
        for (let p = 0; p < size; p += 1) sum += J[a + p] * J[b + p];
        K[i * n + j] = sum;
        K[j * n + i] = sum;
      }
    }
  }
}
