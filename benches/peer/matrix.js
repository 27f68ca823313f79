// Dense matrices as views of Float64Arrays, and their product: C <- s A B.

/** A view: entry (i, j) is data[at + i * down + j * along]. */
export class Matrix {
  /**
   * @param {Float64Array} data
   * @param {number} rows
   * @param {number} columns
   * @param {number} [at]
   * @param {number} [down]
   * @param {number} [along]
   */
  constructor(data, rows, columns, at = 0, down = columns, along = 1) {
    this.data = data;
    this.rows = rows;
    this.columns = columns;
    this.at = at;
    this.down = down;
    this.along = along;
  }

  /** A new one, row by row. @param {number} rows @param {number} columns */
  static zeros(rows, columns) {
    return new Matrix(new Float64Array(rows * columns), rows, columns);
  }

  /** The same numbers, rows as columns. */
  transposed() {
    return new Matrix(this.data, this.columns, this.rows, this.at, this.along, this.down);
  }

  /** Some of its rows and columns. @param {number} first @param {number} rows @param {number} columns */
  block(first, rows, columns) {
    return new Matrix(this.data, rows, columns, this.at + first * this.down, this.down, this.along);
  }
}

/**
 * Writes s A B into `to`, which lies row by row. Two rows and four columns at
 * a time: six numbers read for eight products, and eight sums that do not wait
 * for one another.
 *
 * @param {number} scale
 * @param {Matrix} left
 * @param {Matrix} right
 * @param {Matrix} to
 */
export function product(scale, left, right, to) {
  const [a, b, c] = [left.data, right.data, to.data];
  const [m, n, k] = [left.rows, right.columns, left.columns];
  const [aDown, aAlong, bDown, bAlong] = [left.down, left.along, right.down, right.along];
  const evenRows = m - (m % 2);
  const fourColumns = n - (n % 4);
  for (let i = 0; i < evenRows; i += 2) {
    for (let j = 0; j < fourColumns; j += 4) {
      let a0 = left.at + i * aDown;
      let a1 = a0 + aDown;
      let b0 = right.at + j * bAlong;
      let b1 = b0 + bAlong;
      let b2 = b1 + bAlong;
      let b3 = b2 + bAlong;
      let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let l = 0; l < k; l += 1) {
        const x0 = a[a0];
        const x1 = a[a1];
        const y0 = b[b0];
        const y1 = b[b1];
        const y2 = b[b2];
        const y3 = b[b3];
        s00 += x0 * y0;
        s01 += x0 * y1;
        s02 += x0 * y2;
        s03 += x0 * y3;
        s10 += x1 * y0;
        s11 += x1 * y1;
        s12 += x1 * y2;
        s13 += x1 * y3;
        a0 += aAlong;
        a1 += aAlong;
        b0 += bDown;
        b1 += bDown;
        b2 += bDown;
        b3 += bDown;
      }
      const upper = to.at + i * to.down + j;
      c[upper] = scale * s00;
      c[upper + 1] = scale * s01;
      c[upper + 2] = scale * s02;
      c[upper + 3] = scale * s03;
      const lower = upper + to.down;
      c[lower] = scale * s10;
      c[lower + 1] = scale * s11;
      c[lower + 2] = scale * s12;
      c[lower + 3] = scale * s13;
    }
  }
  if (fourColumns < n) entries(scale, left, right, to, 0, evenRows, fourColumns);
  if (evenRows < m) entries(scale, left, right, to, evenRows, m, 0);
}

/**
 * The same, entry by entry, for what no tile covers.
 *
 * @param {number} scale
 * @param {Matrix} left
 * @param {Matrix} right
 * @param {Matrix} to
 * @param {number} top first row
 * @param {number} bottom one past the last row
 * @param {number} first first column
 */
function entries(scale, left, right, to, top, bottom, first) {
  const [a, b, c] = [left.data, right.data, to.data];
  for (let i = top; i < bottom; i += 1) {
    for (let j = first; j < right.columns; j += 1) {
      let x = left.at + i * left.down;
      let y = right.at + j * right.along;
      let sum = 0;
      for (let l = 0; l < left.columns; l += 1) {
        sum += a[x] * b[y];
        x += left.along;
        y += right.down;
      }
      c[to.at + i * to.down + j] = scale * sum;
    }
  }
}

/** Rows of a symmetric matrix that are computed together. */
const STRIP = 8;

/**
 * Writes A A^T into `to`, on and below the diagonal (and a little above it).
 *
 * @param {Matrix} rows
 * @param {Matrix} to
 */
export function gram(rows, to) {
  for (let first = 0; first < rows.rows; first += STRIP) {
    const count = Math.min(STRIP, rows.rows - first);
    const before = first + count;
    const strip = rows.block(first, count, rows.columns);
    const others = rows.block(0, before, rows.columns).transposed();
    product(1, strip, others, to.block(first, count, before));
  }
}
