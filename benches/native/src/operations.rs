//! How many floating-point operations an item cannot do without.

use ntk_playground::network::Mlp;

/// Additions and multiplications in the matrix products of an item, with n
/// examples and one output.
pub struct Operations {
    /// K_SS from the parameters.
    pub kernel: f64,
    /// A step of gradient descent on all examples.
    pub step: f64,
}

impl Operations {
    /// With w_l units entering layer l and n examples:
    ///
    /// ```text
    /// forward    2 n w_l w_{l+1}              every layer
    /// backward   2 n w_l w_{l+1}              every layer but the first
    /// gradient   2 n w_l w_{l+1}              every layer
    /// kernel     n (n + 1) (w_l + w_{l+1})    every layer: two products of
    ///                                         which a triangle is enough
    /// ```
    ///
    /// A step is the first three, K_SS is forward, backward and kernel.
    /// Entrywise operations are left out: they are fewer by a factor of w or n.
    /// An engine that computes both triangles does more and is credited no more.
    pub fn of(mlp: &Mlp, examples: usize) -> Operations {
        let n = examples as f64;
        let mut counts = Operations {
            kernel: 0.0,
            step: 0.0,
        };
        for (l, layer) in mlp.layers().iter().enumerate() {
            let (enter, leave) = (layer.inputs as f64, layer.outputs as f64);
            let pass = 2.0 * n * enter * leave;
            let passes = if l == 0 { pass } else { 2.0 * pass };
            counts.step += passes + pass;
            counts.kernel += passes + n * (n + 1.0) * (enter + leave);
        }
        counts
    }
}
