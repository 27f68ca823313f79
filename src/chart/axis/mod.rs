//! Axes: a scale, labelled ticks, and minor ticks.

mod number;
mod scale;

pub use number::{number, power_of_ten};
pub use scale::Scale;

use number::minus;
use scale::positive;
use serde::Serialize;

/// One axis of a chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Axis {
    /// The mapping.
    pub scale: Scale,
    /// Ticks that carry words, from start to end.
    pub ticks: Vec<Tick>,
    /// Ticks without words.
    pub minor: Vec<f64>,
    /// Room right of the end of a horizontal axis, for the labels at the ends of curves, in
    /// heights of the letters. No tick and no mark stands there.
    pub room: f64,
}

/// A labelled tick.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    /// Where, in data coordinates.
    pub at: f64,
    /// What it says.
    pub label: TickLabel,
}

/// The words of a tick.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum TickLabel {
    /// Plain text.
    Text(String),
    /// A power of ten with a raised exponent.
    Power(i32),
}

impl Axis {
    /// A linear axis with plain numbers at the given ticks.
    pub fn linear(min: f64, max: f64, ticks: &[f64]) -> Self {
        Self::linear_with(min, max, ticks, number)
    }

    /// A linear axis whose tick labels the caller words.
    pub fn linear_with(min: f64, max: f64, ticks: &[f64], format: impl Fn(f64) -> String) -> Self {
        let label = |&at: &f64| Tick {
            at,
            label: TickLabel::Text(format(at)),
        };
        Self {
            scale: Scale::Linear { min, max },
            ticks: ticks.iter().map(label).collect(),
            minor: Vec::new(),
            room: 0.0,
        }
    }

    /// A linear axis with about `count` ticks at multiples of 1, 2 or 5.
    pub fn nice(min: f64, max: f64, count: usize) -> Self {
        let span = max - min;
        if !(span.is_finite() && span > 0.0) {
            return Self::linear(min, max, &[]);
        }
        let raw = span / count.clamp(1, 50) as f64;
        let power = libm::pow(10.0, libm::log10(raw).floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|m| m * power)
            .find(|s| *s >= raw * 0.999)
            .unwrap_or(10.0 * power);
        let (first, last) = ((min / step - 1e-9).ceil(), (max / step + 1e-9).floor());
        let ticks: Vec<f64> = (0..=(last - first) as usize)
            .map(|k| (first + k as f64) * step)
            .collect();
        // Rounded to the step, or 3 * 0.1 reads 0.30000000000000004.
        let digits = (-(libm::log10(step).floor())).clamp(0.0, 12.0) as usize;
        Self::linear_with(min, max, &ticks, |v| minus(&format!("{v:.digits$}")))
    }

    /// A log axis labelled with powers of ten: every decade, or every second
    /// (third ...) when there are many. Minor ticks stand at 2..9 on up to
    /// three decades, at unlabelled decades beyond that.
    pub fn log(min: f64, max: f64) -> Self {
        let (low, high) = decades(min, max);
        let stride = stride(low, high);
        let ticks = (low..=high)
            .filter(|e| e.rem_euclid(stride) == 0)
            .map(|e| Tick {
                at: 10f64.powi(e),
                label: match e {
                    0 => TickLabel::Text("1".to_owned()),
                    e => TickLabel::Power(e),
                },
            })
            .collect();
        let fine = libm::log10(positive(max) / positive(min)) <= 3.5;
        Self {
            scale: Scale::Log { min, max },
            ticks,
            minor: minor(min, max, stride, fine),
            room: 0.0,
        }
    }

    /// A log axis labelled with plain numbers, 0.1, 1, 10, 1 000: for steps
    /// and losses. A range of less than two decades gets 2 and 5 as well.
    pub fn log_plain(min: f64, max: f64) -> Self {
        let (low, high) = decades(min, max);
        let stride = stride(low, high);
        let few = high - low < 1;
        let mut ticks = Vec::new();
        for e in low - 1..=high + 1 {
            for m in [1.0, 2.0, 5.0] {
                let at = m * 10f64.powi(e);
                let labelled = (m == 1.0 && e.rem_euclid(stride) == 0) || few;
                if labelled && inside(at, min, max) {
                    let label = TickLabel::Text(number(at));
                    ticks.push(Tick { at, label });
                }
            }
        }
        let fine = libm::log10(positive(max) / positive(min)) <= 6.5;
        let mut minor = minor(min, max, stride, fine);
        minor.retain(|v| ticks.iter().all(|t| (t.at - v).abs() > 1e-9 * t.at));
        Self {
            scale: Scale::Log { min, max },
            ticks,
            minor,
            room: 0.0,
        }
    }

    /// The axis of `n` modes: bars at 1..=n, the first tick named "i = 1".
    pub fn modes(n: usize) -> Self {
        Self::counted(n, "i = ")
    }

    /// The same with another name before the first tick.
    pub fn counted(n: usize, name: &str) -> Self {
        let n = n.max(1);
        let stride = match n {
            1..=6 => 1,
            7..=30 => 5,
            31..=60 => 10,
            61..=150 => 20,
            _ => 10 * n.div_ceil(70),
        };
        let multiples = (1..=n / stride).map(|k| k * stride).filter(|&k| k > 1);
        let ticks: Vec<f64> = std::iter::once(1)
            .chain(multiples)
            .map(|k| k as f64)
            .collect();
        let mut axis = Self::linear(0.5, n as f64 + 0.5, &ticks).first(name);
        // A last tick at n would crowd the multiple before it; a close one yields.
        if n > 6 && n % stride > stride / 2 {
            axis.ticks.push(Tick {
                at: n as f64,
                label: TickLabel::Text(n.to_string()),
            });
        }
        axis
    }

    /// The axis with room for end labels at its right, in heights of the letters.
    pub const fn with_room(mut self, room: f64) -> Self {
        self.room = room;
        self
    }

    /// Puts the name of the axis before its first label: "x = ", "step ".
    pub fn first(mut self, name: &str) -> Self {
        if let Some(tick) = self.ticks.first_mut() {
            let rest = match &tick.label {
                TickLabel::Text(text) => text.clone(),
                TickLabel::Power(_) => number(tick.at),
            };
            tick.label = TickLabel::Text(format!("{name}{rest}"));
        }
        self
    }
}

/// First and last power of ten within a range, at most 60 apart.
fn decades(min: f64, max: f64) -> (i32, i32) {
    if !(min > 0.0 && max > min && max.is_finite()) {
        return (0, -1);
    }
    let low = (libm::log10(min) - 1e-9).ceil() as i32;
    let high = (libm::log10(max) + 1e-9).floor() as i32;
    (low, high)
}

/// Decades from one label to the next.
fn stride(low: i32, high: i32) -> i32 {
    match high - low {
        ..=5 => 1,
        6..=10 => 2,
        11..=18 => 4,
        more => (more / 30 + 1) * 5,
    }
}

fn inside(value: f64, min: f64, max: f64) -> bool {
    value >= min * (1.0 - 1e-9) && value <= max * (1.0 + 1e-9)
}

/// Minor ticks: 2..9 within each decade if `fine`, else unlabelled decades.
fn minor(min: f64, max: f64, stride: i32, fine: bool) -> Vec<f64> {
    let (low, high) = decades(min, max);
    let mut out = Vec::new();
    for e in low - 1..=high {
        let decade = 10f64.powi(e);
        if e.rem_euclid(stride) != 0 && inside(decade, min, max) {
            out.push(decade);
        }
        if fine && stride == 1 {
            let steps = (2..=9).map(|m| f64::from(m) * decade);
            out.extend(steps.filter(|v| inside(*v, min, max)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(axis: &Axis) -> Vec<String> {
        let word = |tick: &Tick| match &tick.label {
            TickLabel::Text(text) => text.clone(),
            TickLabel::Power(e) => format!("^{e}"),
        };
        axis.ticks.iter().map(word).collect()
    }

    #[test]
    fn labels_read_as_designed() {
        let x = Axis::linear(-1.1, 1.1, &[-1.0, -0.5, 0.0, 0.5, 1.0]).first("x = ");
        assert_eq!(words(&x), ["x = \u{2212}1", "\u{2212}0.5", "0", "0.5", "1"]);
        let steps = Axis::log_plain(1.0, 8e4).first("step ");
        let wanted = ["step 1", "10", "100", "1\u{202f}000", "10\u{202f}000"];
        assert_eq!(words(&steps), wanted);
        assert_eq!(words(&Axis::log(1e-5, 2e3)), ["^-4", "^-2", "1", "^2"]);
        assert_eq!(words(&Axis::log_plain(0.01, 1.2)), ["0.01", "0.1", "1"]);
        assert_eq!(words(&Axis::log_plain(0.03, 0.09)), ["0.05"]);
        assert_eq!(
            words(&Axis::nice(0.0, 1.0, 5)),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
    }

    #[test]
    fn modes_are_labelled_sensibly() {
        assert_eq!(words(&Axis::modes(20)), ["i = 1", "5", "10", "15", "20"]);
        assert_eq!(words(&Axis::modes(1)), ["i = 1"]);
        assert_eq!(
            words(&Axis::modes(24)),
            ["i = 1", "5", "10", "15", "20", "24"]
        );
        for n in 1..=128 {
            assert!((1..=8).contains(&Axis::modes(n).ticks.len()), "{n}");
        }
    }

    #[test]
    fn silly_ranges_make_no_ticks() {
        for (min, max) in [
            (0.0, 1.0),
            (1.0, 1.0),
            (f64::NAN, 1.0),
            (1.0, f64::INFINITY),
        ] {
            assert!(Axis::log(min, max).ticks.is_empty());
            Axis::log_plain(min, max);
            Axis::nice(min, max, 5);
        }
    }
}
