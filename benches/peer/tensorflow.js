// The same frame with TensorFlow.js, as its users write it: a model of tensor
// operations, gradients by `variableGrads`, the Jacobian row by row from one
// gradient for each example, K = J J^T by `matMul`. The backend is WebAssembly
// with SIMD on one thread; float32 is all that it has. There is no
// eigensolver.

/** @type {any} the packages' classic builds leave it as a global */
const tf = /** @type {any} */ (globalThis).tf;

/** Makes the backend ready. @param {string} folder where its module is */
export async function prepare(folder) {
  // The page is isolated, which would make it take the module with threads.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  tf.wasm.setWasmPaths(folder);
  if (!(await tf.setBackend("wasm"))) throw new Error("TensorFlow.js has no backend \u201cwasm\u201d here.");
  await tf.ready();
}

export class TensorFlowPeer {
  #sizes;
  #inputs;
  #labels;
  #stepSize;
  #origin;
  /** @type {any[]} W (inputs x outputs) and b of each layer in turn */
  #variables = [];
  #residual = new Float32Array();

  loss = 0;
  entries = new Float32Array();
  meanSquare = new Float32Array();

  /** @param {import("./jacobian.js").Start} start parameters with W column by column */
  constructor({ sizes, parameters, inputs, labels, stepSize }) {
    this.#sizes = sizes;
    let at = 0;
    for (let l = 0; l + 1 < sizes.length; l += 1) {
      const [width, height] = [sizes[l], sizes[l + 1]];
      const biasAt = at + width * height;
      // W column by column is its transpose row by row.
      const weights = Float32Array.from(parameters.subarray(at, biasAt));
      const bias = Float32Array.from(parameters.subarray(biasAt, biasAt + height));
      this.#variables.push(tf.variable(tf.tensor2d(weights, [width, height])));
      this.#variables.push(tf.variable(tf.tensor1d(bias)));
      at = biasAt + height;
    }
    const n = inputs.length;
    this.#inputs = tf.tensor2d(Float32Array.from(inputs), [n, 1]);
    this.#labels = tf.tensor2d(Float32Array.from(labels), [n, 1]);
    this.#stepSize = stepSize;
    // Outputs count from where they started, so that the run starts at zero.
    this.#origin = tf.tidy(() => this.#model(this.#inputs));
  }

  /** Frees all tensors. */
  free() {
    tf.dispose([this.#inputs, this.#labels, this.#origin, this.#variables]);
  }

  /** Gradient descent on (1/2n) |r|^2. @param {number} count */
  step(count) {
    for (let step = 0; step < count; step += 1) {
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => this.#error(), this.#variables);
        for (const variable of this.#variables) this.#move(variable, grads[variable.name]);
      });
    }
  }

  /**
   * One step whose gradient is the mean of the examples' gradients, held as a
   * matrix, with their mean square.
   */
  moments() {
    tf.tidy(() => {
      const n = this.#inputs.shape[0];
      const J = this.#rows((/** @type {number} */ i) => {
        const [x, y, origin] = [this.#inputs, this.#labels, this.#origin].map((all) => tf.slice(all, [i, 0], [1, 1]));
        const residual = tf.sub(tf.sub(this.#model(x), origin), y);
        return tf.mul(tf.sum(tf.square(residual)), 0.5);
      });
      const gradient = tf.div(tf.sum(J, 0), n);
      this.meanSquare = tf.div(tf.sum(tf.square(J), 0), n).dataSync();
      const parts = tf.split(gradient, this.#variables.map((variable) => variable.size));
      this.#variables.forEach((variable, v) => this.#move(variable, tf.reshape(parts[v], variable.shape)));
    });
  }

  /** Residual, loss, and K = J J^T. */
  kernel() {
    tf.tidy(() => {
      const residual = tf.sub(tf.sub(this.#model(this.#inputs), this.#origin), this.#labels);
      this.#residual = residual.dataSync();
      const J = this.#rows((/** @type {number} */ i) => {
        const x = tf.slice(this.#inputs, [i, 0], [1, 1]);
        return tf.reshape(this.#model(x), []);
      });
      this.entries = tf.matMul(J, J, false, true).dataSync();
    });
    const squares = this.#residual.reduce((sum, r) => sum + r * r, 0);
    this.loss = squares / (2 * this.#residual.length);
  }

  /** The gradient of a scalar for each example, as the rows of a matrix. */
  #rows(/** @type {(i: number) => any} */ scalar) {
    const rows = [];
    for (let i = 0; i < this.#inputs.shape[0]; i += 1) {
      const row = tf.tidy(() => {
        const { grads } = tf.variableGrads(() => scalar(i), this.#variables);
        return tf.concat(this.#variables.map((variable) => tf.reshape(grads[variable.name], [-1])));
      });
      rows.push(row);
    }
    return tf.stack(rows);
  }

  /** Outputs for inputs, one row for each example. */
  #model(/** @type {any} */ x) {
    let a = x;
    const layers = this.#sizes.length - 1;
    for (let l = 0; l < layers; l += 1) {
      const hidden = l + 1 < layers;
      const scale = Math.sqrt((hidden ? 2 : 1) / this.#sizes[l]);
      const z = tf.add(tf.mul(tf.matMul(a, this.#variables[2 * l]), scale), this.#variables[2 * l + 1]);
      a = hidden ? tf.relu(z) : z;
    }
    return a;
  }

  /** (1/2n) |r|^2. */
  #error() {
    const residual = tf.sub(tf.sub(this.#model(this.#inputs), this.#origin), this.#labels);
    return tf.mul(tf.mean(tf.square(residual)), 0.5);
  }

  #move(/** @type {any} */ variable, /** @type {any} */ gradient) {
    variable.assign(tf.sub(variable, tf.mul(gradient, this.#stepSize)));
  }
}
