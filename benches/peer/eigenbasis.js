// Eigenvalues of a kernel and the residual in its eigenbasis, by the package
// ml-matrix, which its classic build leaves as the global `mlMatrix`.

/**
 * @param {Float64Array} kernel symmetric, n x n
 * @param {Float64Array} residual n numbers
 * @returns {{values: Float64Array, energies: Float64Array}} eigenvalues,
 *   largest first, and the squared coefficient of the residual in each
 */
export function eigenbasis(kernel, residual) {
  const { EigenvalueDecomposition, Matrix } = /** @type {any} */ (globalThis).mlMatrix;
  const n = residual.length;
  const matrix = Matrix.from1DArray(n, n, kernel);
  const decomposition = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  /** @type {number[]} */
  const found = decomposition.realEigenvalues;
  const vectors = decomposition.eigenvectorMatrix;
  const coefficients = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    for (let m = 0; m < n; m += 1) coefficients[m] += vectors.get(i, m) * residual[i];
  }
  const order = Array.from(found.keys()).sort((a, b) => found[b] - found[a]);
  return {
    values: Float64Array.from(order, (m) => found[m]),
    energies: Float64Array.from(order, (m) => coefficients[m] ** 2),
  };
}
