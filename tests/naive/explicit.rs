//! Jacobians and Hessians as matrices, and their means along a step.

use super::Naive;
use nalgebra::DMatrix;
use ntk_playground::network::Mlp;
use ntk_playground::objective::Objective;
use ntk_playground::quadrature::gauss_legendre;

/// J as a matrix, np x P.
pub fn jacobian(mlp: &Mlp, inputs: &DMatrix<f64>) -> DMatrix<f64> {
    let rows = Naive::of(mlp).jacobian(inputs);
    DMatrix::from_fn(rows.len(), rows[0].len(), |i, k| rows[i][k])
}

/// g as a vector, np x 1.
pub fn output_gradient(objective: &dyn Objective, outputs: &DMatrix<f64>) -> DMatrix<f64> {
    let all: Vec<usize> = (0..outputs.ncols()).collect();
    let mut gradient = outputs.clone();
    objective.gradient(outputs, &all, &mut gradient);
    DMatrix::from_column_slice(gradient.len(), 1, gradient.as_slice())
}

/// B as a matrix, np x np.
pub fn hessian(objective: &dyn Objective, outputs: &DMatrix<f64>) -> DMatrix<f64> {
    let (p, n) = outputs.shape();
    let all: Vec<usize> = (0..n).collect();
    let mut b = DMatrix::zeros(n * p, n * p);
    for k in 0..n * p {
        let mut unit = DMatrix::zeros(p, n);
        unit[k] = 1.0;
        let mut column = DMatrix::zeros(p, n);
        objective.hessian(outputs, &all, &unit, &mut column);
        b.column_mut(k).copy_from_slice(column.as_slice());
    }
    b
}

/// D = (n/b) diag(in the batch), np x np.
pub fn restriction(batch: &[usize], examples: usize, outputs: usize) -> DMatrix<f64> {
    let weight = examples as f64 / batch.len() as f64;
    DMatrix::from_fn(examples * outputs, examples * outputs, |i, k| {
        f64::from(u8::from(i == k && batch.contains(&(i / outputs)))) * weight
    })
}

/// The network a of the way from one to the other.
pub fn between(before: &Mlp, after: &Mlp, a: f64) -> Mlp {
    let pairs = before.parameters().iter().zip(after.parameters());
    let parameters = pairs.map(|(v, w)| (1.0 - a) * v + a * w).collect();
    Mlp::from_parameters(before.architecture().clone(), parameters).expect("as many")
}

/// The mean over [0, 1] by Gauss nodes.
pub fn average(nodes: usize, at: impl Fn(f64) -> DMatrix<f64>) -> DMatrix<f64> {
    let values = gauss_legendre(nodes).map(|[a, weight]| at(a) * weight);
    values.reduce(|sum, value| sum + value).expect("a node")
}

/// Jbar of a step by Gauss nodes.
pub fn mean_jacobian(
    before: &Mlp,
    after: &Mlp,
    inputs: &DMatrix<f64>,
    nodes: usize,
) -> DMatrix<f64> {
    average(nodes, |a| jacobian(&between(before, after, a), inputs))
}
