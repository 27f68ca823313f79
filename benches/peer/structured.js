// The same frame by someone who has thought about the kernel, still in plain
// JavaScript: all examples at once, and no Jacobian. With A_l what enters
// layer l (n x w_l) and D_l the derivative of the outputs in its
// preactivations (n x w_{l+1}),
//
//   K       = sum_l (D_l D_l^T) o (s_l^2 A_l A_l^T + 1)
//   dL/dW_l = s_l D_l^T A_l,   E[x^2] = n s_l^2 (D_l o D_l)^T (A_l o A_l)
//
// where D carries r/n in the second line.

import { eigenbasis } from "./eigenbasis.js";
import { Matrix, gram, product } from "./matrix.js";

/**
 * @typedef {object} Layer
 * @property {number} scale
 * @property {Matrix} weights outputs x inputs
 * @property {Float64Array} bias
 * @property {Matrix} entering A, n x inputs
 * @property {Matrix} delta D, n x outputs
 * @property {Matrix} gradient
 * @property {Float64Array} biasGradient
 * @property {Matrix} enteringSquared
 * @property {Matrix} deltaSquared
 * @property {Matrix} square E[x^2]
 * @property {Float64Array} biasSquare
 */

export class StructuredPeer {
  #parameters;
  #labels;
  #stepSize;
  #origin;
  #residual;
  #gradient;
  #outputs;
  /** @type {Layer[]} */
  #layers = [];
  #similarity;
  #sensitivity;

  loss = 0;
  /** Parameters that the hard gate would let move. */
  open = 0;
  /** @type {Float64Array} */
  eigenvalues = new Float64Array();
  /** @type {Float64Array} */
  energies = new Float64Array();

  /** @param {import("./jacobian.js").Start} start */
  constructor({ sizes, parameters, inputs, labels, stepSize }) {
    const n = inputs.length;
    this.#parameters = parameters;
    this.#labels = labels;
    this.#stepSize = stepSize;
    this.#residual = new Float64Array(n);
    this.#gradient = new Float64Array(parameters.length);
    /** Mean square over the examples of each parameter's gradient. */
    this.meanSquare = new Float64Array(parameters.length);
    let at = 0;
    for (let l = 0; l + 1 < sizes.length; l += 1) {
      const [width, height] = [sizes[l], sizes[l + 1]];
      const gain = l + 2 < sizes.length ? 2 : 1;
      const biasAt = at + width * height;
      const end = biasAt + height;
      /** @param {Float64Array} all */
      const weightsOf = (all) => new Matrix(all.subarray(at, biasAt), height, width);
      this.#layers.push({
        scale: Math.sqrt(gain / width),
        weights: weightsOf(parameters),
        bias: parameters.subarray(biasAt, end),
        entering: l === 0 ? new Matrix(inputs, n, width) : Matrix.zeros(n, width),
        delta: Matrix.zeros(n, height),
        gradient: weightsOf(this.#gradient),
        biasGradient: this.#gradient.subarray(biasAt, end),
        enteringSquared: Matrix.zeros(n, width),
        deltaSquared: Matrix.zeros(n, height),
        square: weightsOf(this.meanSquare),
        biasSquare: this.meanSquare.subarray(biasAt, end),
      });
      at = end;
    }
    this.#outputs = Matrix.zeros(n, 1);
    this.#similarity = Matrix.zeros(n, n);
    this.#sensitivity = Matrix.zeros(n, n);
    /** K, n x n. */
    this.entries = new Float64Array(n * n);
    // Outputs count from where they started, so that the run starts at zero.
    this.#origin = new Float64Array(n);
    this.#forward();
    this.#origin.set(this.#outputs.data);
  }

  /** Gradient descent on (1/2n) |r|^2. @param {number} count */
  step(count) {
    for (let step = 0; step < count; step += 1) {
      this.#forward();
      this.#differentiate();
      this.#move();
    }
  }

  /**
   * One step, with the mean square of the examples' gradients and what the
   * hard gate makes of it.
   */
  moments() {
    this.#forward();
    this.#differentiate();
    const n = this.#labels.length;
    for (const layer of this.#layers) {
      square(layer.entering.data, layer.enteringSquared.data);
      square(layer.delta.data, layer.deltaSquared.data);
      const factor = n * layer.scale * layer.scale;
      product(factor, layer.deltaSquared.transposed(), layer.enteringSquared, layer.square);
      addRows(n, layer.deltaSquared, layer.biasSquare);
    }
    const [gradient, meanSquare] = [this.#gradient, this.meanSquare];
    const factor = n * n - n + 1;
    let open = 0;
    for (let p = 0; p < gradient.length; p += 1) {
      if (n * meanSquare[p] < factor * gradient[p] * gradient[p]) open += 1;
    }
    this.open = open;
    this.#move();
  }

  /** Residual, loss, and K from its factors. */
  kernel() {
    this.#forward();
    this.#layers[this.#layers.length - 1].delta.data.fill(1);
    this.#backward();
    const n = this.#labels.length;
    const K = this.entries;
    const [similarity, sensitivity] = [this.#similarity.data, this.#sensitivity.data];
    K.fill(0);
    for (const { scale, entering, delta } of this.#layers) {
      gram(entering, this.#similarity);
      gram(delta, this.#sensitivity);
      const square = scale * scale;
      for (let i = 0; i < n; i += 1) {
        for (let at = i * n; at <= i * n + i; at += 1) K[at] += sensitivity[at] * (square * similarity[at] + 1);
      }
    }
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < i; j += 1) K[j * n + i] = K[i * n + j];
    }
  }

  /** Eigenvalues, and the residual's energy in each mode. */
  eigenbasis() {
    const { values, energies } = eigenbasis(this.entries, this.#residual);
    this.eigenvalues = values;
    this.energies = energies;
  }

  /** Outputs of all examples, their residual and the loss. */
  #forward() {
    const layers = this.#layers;
    for (let l = 0; l < layers.length; l += 1) {
      const { scale, weights, bias, entering } = layers[l];
      const hidden = l + 1 < layers.length;
      const z = hidden ? layers[l + 1].entering : this.#outputs;
      product(scale, entering, weights.transposed(), z);
      const [data, width] = [z.data, bias.length];
      for (let at = 0; at < data.length; at += width) {
        for (let o = 0; o < width; o += 1) {
          const value = data[at + o] + bias[o];
          data[at + o] = hidden && value < 0 ? 0 : value;
        }
      }
    }
    const residual = this.#residual;
    let squares = 0;
    for (let i = 0; i < residual.length; i += 1) {
      residual[i] = this.#outputs.data[i] - this.#origin[i] - this.#labels[i];
      squares += residual[i] * residual[i];
    }
    this.loss = squares / (2 * residual.length);
  }

  /** Every layer's D from that of the last. */
  #backward() {
    const layers = this.#layers;
    for (let l = layers.length - 1; l > 0; l -= 1) {
      const { scale, weights, entering, delta } = layers[l];
      const below = layers[l - 1].delta;
      product(scale, delta, weights, below);
      const [to, open] = [below.data, entering.data];
      for (let i = 0; i < to.length; i += 1) if (open[i] <= 0) to[i] = 0;
    }
  }

  /** The gradient of the loss at the last forward pass. */
  #differentiate() {
    const residual = this.#residual;
    const seed = this.#layers[this.#layers.length - 1].delta.data;
    for (let i = 0; i < seed.length; i += 1) seed[i] = residual[i] / residual.length;
    this.#backward();
    for (const { scale, entering, delta, gradient, biasGradient } of this.#layers) {
      product(scale, delta.transposed(), entering, gradient);
      addRows(1, delta, biasGradient);
    }
  }

  #move() {
    const [parameters, gradient, stepSize] = [this.#parameters, this.#gradient, this.#stepSize];
    for (let p = 0; p < parameters.length; p += 1) parameters[p] -= stepSize * gradient[p];
  }
}

/** @param {Float64Array} from @param {Float64Array} to */
function square(from, to) {
  for (let i = 0; i < from.length; i += 1) to[i] = from[i] * from[i];
}

/** Writes s times the sum of all rows. @param {number} scale @param {Matrix} rows @param {Float64Array} to */
function addRows(scale, { data }, to) {
  to.fill(0);
  for (let at = 0; at < data.length; at += to.length) {
    for (let o = 0; o < to.length; o += 1) to[o] += scale * data[at + o];
  }
}
