// Training on modular addition with TensorFlow.js: one-hot inputs as a dense
// matrix (its WebAssembly backend has no gradient of `gather`), AdamW by hand,
// since its optimisers know no decoupled decay.

/** @type {any} the packages' classic builds leave it as a global */
const tf = /** @type {any} */ (globalThis).tf;

export class AdditionTensorFlowPeer {
  #start;
  #inputs;
  #targets;
  /** @type {{weights: any, mean: any, square: any}[]} */
  #layers;
  #meanWeight = 0;
  #squareWeight = 0;

  /** Loss before the last step. */
  loss = 0;

  /** @param {import("./addition.js").Addition} start parameters with W_2 column by column */
  constructor(start) {
    const { modulus, width, pairs, parameters } = start;
    const n = pairs.length / 2;
    this.#start = start;
    const inputs = new Float32Array(n * 2 * modulus);
    const targets = new Float32Array(n * modulus);
    for (let i = 0; i < n; i += 1) {
      const [a, b] = [pairs[2 * i], pairs[2 * i + 1]];
      inputs[i * 2 * modulus + a] = 1;
      inputs[i * 2 * modulus + modulus + b] = 1;
      targets[i * modulus + ((a + b) % modulus)] = 1;
    }
    this.#inputs = tf.tensor2d(inputs, [n, 2 * modulus]);
    this.#targets = tf.tensor2d(targets, [n, modulus]);
    const split = 2 * modulus * width;
    const parts = [parameters.subarray(0, split), parameters.subarray(split)];
    const shapes = [
      [2 * modulus, width],
      [width, modulus],
    ];
    this.#layers = parts.map((part, l) => ({
      weights: tf.variable(tf.tensor2d(Float32Array.from(part), shapes[l])),
      mean: tf.variable(tf.zeros(shapes[l]), false),
      square: tf.variable(tf.zeros(shapes[l]), false),
    }));
  }

  /** Frees all tensors. */
  free() {
    tf.dispose([this.#inputs, this.#targets, this.#layers]);
  }

  /** @param {number} count */
  step(count) {
    const { learningRate, decay, adam } = this.#start;
    const [beta1, beta2, epsilon] = adam;
    const [inner, outer] = this.#layers.map((layer) => layer.weights);
    const n = this.#inputs.shape[0];
    for (let step = 0; step < count; step += 1) {
      this.#meanWeight = beta1 * this.#meanWeight + (1 - beta1);
      this.#squareWeight = beta2 * this.#squareWeight + (1 - beta2);
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => {
          const hidden = tf.square(tf.matMul(this.#inputs, inner));
          const apart = tf.sub(tf.matMul(hidden, outer), this.#targets);
          return tf.div(tf.sum(tf.square(apart)), 2 * n);
        }, [inner, outer]);
        for (const { weights, mean, square } of this.#layers) {
          const gradient = grads[weights.name];
          mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1)));
          square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
          const spread = tf.add(tf.sqrt(tf.div(square, this.#squareWeight)), epsilon);
          const direction = tf.div(tf.div(mean, this.#meanWeight), spread);
          const change = tf.add(direction, tf.mul(weights, decay));
          weights.assign(tf.sub(weights, tf.mul(change, learningRate)));
        }
        if (step + 1 === count) this.loss = value.dataSync()[0];
      });
    }
  }
}
