//! Double descent: the exhibit's sweep at its defaults but for more steps, its
//! control without noise, and random features in closed form.

use super::statistics::median_and_range;
use super::{kernel_gain, opened, over_seeds};
use nalgebra::DVector;
use ntk_playground::chart::Chart;
use ntk_playground::exhibit::Session;
use ntk_playground::kernel::MinimumNorm;
use ntk_playground::network::{Activation, Architecture, Forward, Mlp, Parametrisation};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{SingleIndex, Sizes};

/// Steps of a sweep: the exhibit's own, and more.
const STEPS: [u32; 3] = [1_500, 2_500, 6_000];

/// Noise levels of the last table.
const NOISES: [&str; 4] = ["0", "0.1", "0.3", "0.5"];

/// Numbers of random features.
const FEATURES: [usize; 9] = [20, 40, 55, 60, 65, 100, 240, 600, 1_500];

/// Random features are cheap: this many seeds at least.
const FEATURE_SEEDS: u32 = 20;

/// All tables.
pub fn table(seeds: u32) -> Result<String, String> {
    let mut out = String::new();
    for steps in STEPS {
        out.push_str(&sweep(seeds, steps)?);
    }
    out.push_str(&stopping(seeds)?);
    out.push_str(&noises(seeds)?);
    out.push_str(&kernel_gain::table(seeds)?);
    for bias in [0.5, 1.0] {
        out.push_str(&features(seeds.max(FEATURE_SEEDS), bias)?);
    }
    Ok(out)
}

/// One sweep of the exhibit to its end.
fn swept(seed: u32, steps: u32, noise: &str) -> Result<Session, String> {
    let (seed, steps) = (seed.to_string(), steps.to_string());
    let knobs = [
        ("seed", seed.as_str()),
        ("seeds", "1"),
        ("steps", steps.as_str()),
        ("noise", noise),
    ];
    let mut session = opened("descent", &knobs)?;
    session.advance(u64::MAX, || true);
    Ok(session)
}

/// A column of a view.
fn column(chart: &Chart, name: &str) -> Vec<f64> {
    let found = chart.columns.iter().find(|column| column.name == name);
    found.map_or(Vec::new(), |column| column.values.clone())
}

fn of(session: &mut Session, view: &str, name: &str) -> Vec<f64> {
    let chart = session.exhibit().chart(view);
    chart.map_or(Vec::new(), |chart| column(&chart, name))
}

/// Sample over seeds of the entry `i` of a column.
fn at(runs: &[Vec<f64>], i: usize) -> Vec<f64> {
    runs.iter().map(|run| run[i]).collect()
}

/// Every width at the end of its training.
fn sweep(seeds: u32, steps: u32) -> Result<String, String> {
    let runs = over_seeds(seeds, |seed| {
        let mut session = swept(seed, steps, "0.5")?;
        let gain = of(&mut session, "gain", "gain");
        let memorised = of(&mut session, "memorised", "memorised");
        let present = gain.iter().zip(&memorised).map(|(g, m)| g * m).collect();
        let smallest = of(&mut session, "eigenvalue", "eigenvalue-share");
        Ok([
            of(&mut session, "error", "test"),
            of(&mut session, "error", "test-without-noise"),
            gain,
            present,
            memorised,
            smallest.into_iter().map(f64::log10).collect(),
            of(&mut session, "error", "parameters"),
        ])
    })?;
    let mut out = format!(
        "trained {steps} steps, n = 60, noise 0.5, seeds 1 to {seeds}, median [min, max]\n\
         {:>5} {:>5} {:>20} {:>20} {:>22} {:>8} {:>9} {:>21}\n",
        "P",
        "P/n",
        "test error",
        "without noise",
        "gain, per memorised",
        "present",
        "memorised",
        "log10 lmin/l1, step 0"
    );
    let sizes = &runs[0][6];
    for (i, size) in sizes.iter().enumerate() {
        let sample = |k: usize| runs.iter().map(|run| run[k][i]).collect::<Vec<f64>>();
        let median = |k| median_and_range(sample(k), 2);
        let plain = |k| {
            let words = median(k);
            words.split(' ').next().unwrap_or_default().to_owned()
        };
        out.push_str(&format!(
            "{size:>5} {:>5.2} {:>20} {:>20} {:>22} {:>8} {:>9} {:>21}\n",
            size / 60.0,
            median(0),
            median(1),
            median(2),
            plain(3),
            plain(4),
            median(5)
        ));
    }
    out.push('\n');
    Ok(out)
}

/// The curve at earlier steps of the same training.
fn stopping(seeds: u32) -> Result<String, String> {
    const STOPS: [&str; 7] = ["1", "12", "30", "100", "300", "1000", "1500"];
    let runs = over_seeds(seeds, |seed| {
        let mut session = swept(seed, 1_500, "0.5")?;
        let mut rows = Vec::new();
        for stop in STOPS {
            session.set("stop", stop).map_err(|e| e.to_string())?;
            rows.push(of(&mut session, "error", "test"));
        }
        Ok(rows)
    })?;
    let mut out =
        format!("test error when stopped, 1500 steps planned, seeds 1 to {seeds}, median\n");
    out.push_str(&format!("{:>6}", "step"));
    for width in ["w 1", "w 2", "w 6", "w 12", "w 50", "w 150"] {
        out.push_str(&format!(" {width:>7}"));
    }
    out.push('\n');
    for (row, stop) in STOPS.iter().enumerate() {
        out.push_str(&format!("{stop:>6}"));
        for i in [0, 1, 5, 9, 12, 13] {
            let sample = runs.iter().map(|run| run[row][i]).collect();
            let words = median_and_range(sample, 3);
            let median = words.split(' ').next().unwrap_or_default();
            out.push_str(&format!(" {median:>7}"));
        }
        out.push('\n');
    }
    out.push('\n');
    Ok(out)
}

/// Peak and both sides at other noise levels.
fn noises(seeds: u32) -> Result<String, String> {
    let mut out = format!(
        "1500 steps, other noise, seeds 1 to {seeds}, median [min, max] of each seed's own curve\n\
         {:>5} {:>20} {:>20} {:>20}\n",
        "noise", "best, P < n", "highest", "widest"
    );
    for noise in NOISES {
        let runs = over_seeds(seeds, |seed| {
            let test = of(&mut swept(seed, 1_500, noise)?, "error", "test");
            let small = test[..4].iter().copied().fold(f64::INFINITY, f64::min);
            let highest = test.iter().copied().fold(0.0, f64::max);
            Ok(vec![small, highest, test[test.len() - 1]])
        })?;
        out.push_str(&format!(
            "{noise:>5} {:>20} {:>20} {:>20}\n",
            median_and_range(at(&runs, 0), 2),
            median_and_range(at(&runs, 1), 2),
            median_and_range(at(&runs, 2), 2)
        ));
    }
    out.push('\n');
    Ok(out)
}

/// Random ReLU features of least norm on the same data.
fn features(seeds: u32, bias: f64) -> Result<String, String> {
    let runs = over_seeds(seeds, |seed| {
        FEATURES
            .map(|size| fitted(seed, size, bias))
            .into_iter()
            .collect()
    })?;
    let runs: Vec<Vec<[f64; 3]>> = runs;
    let mut out = format!(
        "random features, bias {bias}, n = 60, noise 0.5, seeds 1 to {seeds}, median [min, max]\n\
         {:>5} {:>24} {:>24} {:>22}\n",
        "N", "test error", "noise gain", "log10 lmin/l1"
    );
    for (i, size) in FEATURES.iter().enumerate() {
        let words = |k: usize| median_and_range(runs.iter().map(|run| run[i][k]).collect(), 2);
        out.push_str(&format!(
            "{size:>5} {:>24} {:>24} {:>22}\n",
            words(0),
            words(1),
            words(2)
        ));
    }
    out.push('\n');
    Ok(out)
}

/// Test error, noise gain and log10 of lambda_min / lambda_1 of N features.
fn fitted(seed: u32, size: usize, bias: f64) -> Result<[f64; 3], String> {
    let sizes = Sizes {
        dimension: 10,
        points: 60,
        test_points: 300,
    };
    let data = SingleIndex::new(sizes, |x| libm::sin(1.5 * x), 0.5, seed);
    let architecture = Architecture {
        inputs: 10,
        widths: vec![size],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias,
    };
    let mut weights = stream(seed, Stream::Features);
    let mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
    let mut forward = Forward::new();
    forward.run(&mlp, &data.inputs);
    let fit = MinimumNorm::new(forward.activations[1].clone()).map_err(|e| e.to_string())?;
    forward.run(&mlp, &data.test_inputs);
    let at_test = &forward.activations[1];
    let noise = DVector::from_vec(data.noise());
    let of_noise = fit.coefficients(&noise);
    let outputs = at_test.tr_mul(&fit.coefficients(&DVector::from_column_slice(&data.labels)));
    let errors = outputs
        .iter()
        .zip(&data.test_signal)
        .map(|(u, f)| (u - f).powi(2));
    let m = data.test_signal.len() as f64;
    let memorised = fit.features().tr_mul(&of_noise).norm_squared() / noise.len() as f64;
    Ok([
        errors.sum::<f64>() / m,
        at_test.tr_mul(&of_noise).norm_squared() / m / memorised,
        fit.smallest_share().log10(),
    ])
}
