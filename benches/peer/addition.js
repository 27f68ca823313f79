// Training on modular addition in plain JavaScript by someone who has thought
// about it: all pairs at once; an input is two ones among zeros, so that the
// first layer adds two rows of its weights, and its gradient adds to two rows.
//
//   h = W_1[a] + W_1[p + b],   u = W_2 (h o h),   L = (1/2n) |u - e_c|^2
//
// AdamW: d = m^ / (sqrt(v^) + eps), w <- w - eta (d + decay w).

import { Matrix, product } from "./matrix.js";

/**
 * @typedef {object} Addition
 * @property {number} modulus p
 * @property {number} width hidden units
 * @property {Uint32Array} pairs a and b of each pair in turn
 * @property {Float64Array} parameters W_1 input by input, then W_2 row by row
 * @property {number} learningRate
 * @property {number} decay
 * @property {[number, number, number]} adam beta1, beta2, eps
 */

export class AdditionPeer {
  #start;
  #count;
  #parameters;
  #gradient;
  #mean;
  #square;
  #meanWeight = 0;
  #squareWeight = 0;
  #outer;
  #outerGradient;
  #hidden;
  #entering;
  #outputs;
  #delta;

  /** Loss before the last step. */
  loss = 0;

  /** @param {Addition} start */
  constructor(start) {
    const { modulus, width, pairs, parameters } = start;
    const n = pairs.length / 2;
    this.#start = start;
    this.#count = n;
    this.#parameters = parameters;
    this.#gradient = new Float64Array(parameters.length);
    this.#mean = new Float64Array(parameters.length);
    this.#square = new Float64Array(parameters.length);
    const at = 2 * modulus * width;
    this.#outer = new Matrix(parameters, modulus, width, at);
    this.#outerGradient = new Matrix(this.#gradient, modulus, width, at);
    this.#hidden = new Float64Array(n * width);
    this.#entering = Matrix.zeros(n, width);
    this.#outputs = Matrix.zeros(n, modulus);
    this.#delta = Matrix.zeros(n, width);
  }

  /** @param {number} count */
  step(count) {
    for (let step = 0; step < count; step += 1) {
      this.#forward();
      this.#backward();
      this.#move();
    }
  }

  #forward() {
    const { modulus, width, pairs } = this.#start;
    const [w, hidden, entering] = [this.#parameters, this.#hidden, this.#entering.data];
    for (let i = 0; i < this.#count; i += 1) {
      const first = pairs[2 * i] * width;
      const second = (modulus + pairs[2 * i + 1]) * width;
      const row = i * width;
      for (let k = 0; k < width; k += 1) {
        const h = w[first + k] + w[second + k];
        hidden[row + k] = h;
        entering[row + k] = h * h;
      }
    }
    product(1, this.#entering, this.#outer.transposed(), this.#outputs);
  }

  #backward() {
    const { modulus, width, pairs } = this.#start;
    const n = this.#count;
    const u = this.#outputs.data;
    let squares = 0;
    // Outputs become the derivatives of the loss in them.
    for (let i = 0; i < n; i += 1) {
      const row = i * modulus;
      u[row + ((pairs[2 * i] + pairs[2 * i + 1]) % modulus)] -= 1;
      for (let c = row; c < row + modulus; c += 1) {
        squares += u[c] * u[c];
        u[c] /= n;
      }
    }
    this.loss = squares / (2 * n);
    product(1, this.#outputs.transposed(), this.#entering, this.#outerGradient);
    product(1, this.#outputs, this.#outer, this.#delta);
    const [gradient, delta, hidden] = [this.#gradient, this.#delta.data, this.#hidden];
    gradient.fill(0, 0, 2 * modulus * width);
    for (let i = 0; i < n; i += 1) {
      const first = pairs[2 * i] * width;
      const second = (modulus + pairs[2 * i + 1]) * width;
      const row = i * width;
      for (let k = 0; k < width; k += 1) {
        const d = 2 * hidden[row + k] * delta[row + k];
        gradient[first + k] += d;
        gradient[second + k] += d;
      }
    }
  }

  #move() {
    const { learningRate, decay, adam } = this.#start;
    const [beta1, beta2, epsilon] = adam;
    this.#meanWeight = beta1 * this.#meanWeight + (1 - beta1);
    this.#squareWeight = beta2 * this.#squareWeight + (1 - beta2);
    const [meanWeight, squareWeight] = [this.#meanWeight, this.#squareWeight];
    const [w, gradient, m, v] = [this.#parameters, this.#gradient, this.#mean, this.#square];
    for (let p = 0; p < w.length; p += 1) {
      const g = gradient[p];
      m[p] = beta1 * m[p] + (1 - beta1) * g;
      v[p] = beta2 * v[p] + (1 - beta2) * g * g;
      const direction = m[p] / meanWeight / (Math.sqrt(v[p] / squareWeight) + epsilon);
      w[p] -= learningRate * (direction + decay * w[p]);
    }
  }
}
