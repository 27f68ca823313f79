//! k Gauss-Legendre nodes integrate every polynomial of degree 2 k - 1 over
//! [0, 1] exactly, and x^(2 k) no longer.

use ntk_playground::quadrature::gauss_legendre;

fn error(nodes: usize, degree: u16) -> f64 {
    let power = |[a, weight]: [f64; 2]| weight * a.powi(i32::from(degree));
    let sum: f64 = gauss_legendre(nodes).map(power).sum();
    (sum - 1.0 / f64::from(degree + 1)).abs()
}

#[test]
fn up_to_their_degree() {
    for nodes in 1..=16_u16 {
        for degree in 0..2 * nodes {
            let error = error(usize::from(nodes), degree);
            assert!(error < 1e-14, "{nodes} nodes, x^{degree}: {error:e}");
        }
    }
    for nodes in 1..=4_u16 {
        assert!(error(usize::from(nodes), 2 * nodes) > 1e-6);
    }
}

#[test]
fn in_order_and_inside() {
    for nodes in 1..=16 {
        let positions: Vec<f64> = gauss_legendre(nodes).map(|[a, _]| a).collect();
        assert!(positions.is_sorted() && positions[0] > 0.0 && positions[nodes - 1] < 1.0);
        let mirrored = positions.iter().rev().map(|a| 1.0 - a);
        assert!(mirrored.zip(&positions).all(|(m, a)| (m - a).abs() < 1e-15));
    }
}
