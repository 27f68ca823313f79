//! Signal and noise of every parameter's gradient from averages over steps.
//!
//! With g_t the minibatch gradient of step t = 1, 2, ...,
//!
//! ```text
//! a_t = beta a_{t-1} + (1 - beta) g_t             beta = 0.9,   a_0 = 0
//! m_t = a_t / (1 - beta^t)
//! c_t = gamma c_{t-1} + (1 - gamma) (g_t - m_t)^2 gamma = 0.99, c_0 = 0
//! s_t = c_t / (1 - gamma^t)
//! ```
//!
//! This is the streaming form of the gate as in the theory's released
//! optimiser, with the centred second moment of AdaBelief (Zhuang et al.,
//! arXiv 2010.07468) and both averages corrected for their start at zero. It
//! compares m^2 with s. Since g_t is a mean over b examples, s estimates
//! sigma^2 / b: the same order as the batch rule's sigma^2 / (b - 1).
//!
//! What follows from the definition:
//! - Any batch will do, b = 1 too: the spread is that of gradients over steps,
//!   not of examples within a batch.
//! - m averages over about (1 + beta) / (1 - beta) = 19 steps, so pure noise has m^2 near
//!   s / 19 and hardly ever passes, whereas a third passes the batch rule.
//! - At the first step m = g and s = 0: every parameter with a gradient is active.
//! - Over full batches g_t changes slowly, s is small, and nearly every
//!   parameter is active, however noisy the labels: s measures the noise of
//!   sampling only.
//! - The averages start anew when a streaming gate is switched on.

/// beta, the decay rate of the mean.
const MEAN_DECAY: f64 = 0.9;

/// gamma, the decay rate of the centred square.
const SQUARE_DECAY: f64 = 0.99;

/// m and s of every parameter's gradient g: the bias-corrected running averages
/// of g (rate 0.9) and of (g - m)^2 (rate 0.99).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StreamingMoments {
    mean: Vec<f64>,
    square: Vec<f64>,
    /// 1 - beta^t.
    mean_weight: f64,
    /// 1 - gamma^t.
    square_weight: f64,
}

impl StreamingMoments {
    /// No gradient yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Resets the averages; keeps the buffers.
    pub fn clear(&mut self) {
        self.mean.clear();
        self.square.clear();
        (self.mean_weight, self.square_weight) = (0.0, 0.0);
    }

    /// Adds the gradient of one step (length P; another length starts
    /// anew). Cost: O(P).
    pub fn update(&mut self, gradient: &[f64]) {
        if self.mean.len() != gradient.len() {
            self.clear();
            self.mean.resize(gradient.len(), 0.0);
            self.square.resize(gradient.len(), 0.0);
        }
        self.mean_weight = MEAN_DECAY * self.mean_weight + (1.0 - MEAN_DECAY);
        self.square_weight = SQUARE_DECAY * self.square_weight + (1.0 - SQUARE_DECAY);
        for ((mean, square), g) in self.mean.iter_mut().zip(&mut self.square).zip(gradient) {
            *mean = MEAN_DECAY * *mean + (1.0 - MEAN_DECAY) * g;
            let deviation = g - *mean / self.mean_weight;
            *square = SQUARE_DECAY * *square + (1.0 - SQUARE_DECAY) * (deviation * deviation);
        }
    }

    /// (m_k, s_k) for every parameter; none before the first update.
    pub fn estimates(&self) -> impl ExactSizeIterator<Item = (f64, f64)> + '_ {
        self.mean
            .iter()
            .zip(&self.square)
            .map(|(mean, square)| (mean / self.mean_weight, square / self.square_weight))
    }
}
