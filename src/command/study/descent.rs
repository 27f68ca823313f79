//! Double descent: the exhibit's sweep at its defaults but for more steps, its
//! control without noise, and random features in closed form.

use super::grid::{self, column};
use super::kernel_gain;
use super::report::{Cell, Table};
use super::seeds::Seeds;
use nalgebra::DVector;
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

/// All tables.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut tables = Vec::new();
    for (name, steps) in ["trained-1500", "trained-2500", "trained-6000"]
        .into_iter()
        .zip(STEPS)
    {
        tables.push(sweep(seeds, name, steps)?);
    }
    tables.push(stopping(seeds)?);
    tables.push(noises(seeds)?);
    tables.push(kernel_gain::table(seeds)?);
    tables.push(features(seeds, "features-bias-half", 0.5)?);
    tables.push(features(seeds, "features-bias-one", 1.0)?);
    Ok(tables)
}

/// One sweep of the exhibit to its end.
fn swept(seed: u32, steps: u32, noise: &str) -> Result<Session, String> {
    let steps = steps.to_string();
    let knobs = [("seeds", "1"), ("steps", steps.as_str()), ("noise", noise)];
    grid::end("descent", &knobs, seed)
}

/// Every width at the end of its training.
fn sweep(seeds: &Seeds, name: &'static str, steps: u32) -> Result<Table, String> {
    let runs = seeds.each(&format!("descent, {steps} steps"), |seed| {
        let mut session = swept(seed, steps, "0.5")?;
        let gain = column(&mut session, "gain", "gain");
        let memorised = column(&mut session, "memorised", "memorised");
        let present = gain.iter().zip(&memorised).map(|(g, m)| g * m).collect();
        let smallest = column(&mut session, "eigenvalue", "eigenvalue-share");
        Ok([
            column(&mut session, "error", "test"),
            column(&mut session, "error", "test-without-noise"),
            gain,
            present,
            memorised,
            smallest.into_iter().map(f64::log10).collect(),
            column(&mut session, "error", "parameters"),
        ])
    })?;
    let mut table = Table::new(
        name,
        format!("trained {steps} steps, n = 60, noise 0.5, median [min, max]"),
    )
    .columns([
        "P",
        "P/n",
        "test error",
        "without noise",
        "gain, per memorised",
        "per present",
        "memorised",
        "log10 lmin/l1, step 0",
    ]);
    let sizes: &Vec<f64> = &runs[0][6];
    for (i, size) in sizes.iter().enumerate() {
        let median = |k: usize| Cell::median(runs.iter().map(|run| run[k][i]), 2);
        let mut cells = vec![Cell::number(size / 60.0, 2)];
        cells.extend((0..6).map(median));
        table.push(size.to_string(), cells);
    }
    Ok(table)
}

/// The curve at earlier steps of the same training.
fn stopping(seeds: &Seeds) -> Result<Table, String> {
    const STOPS: [&str; 7] = ["1", "12", "30", "100", "300", "1000", "1500"];
    const WIDTHS: [(&str, usize); 6] = [
        ("w 1", 0),
        ("w 2", 1),
        ("w 6", 5),
        ("w 12", 9),
        ("w 50", 12),
        ("w 150", 13),
    ];
    let runs = seeds.each("descent, stopped", |seed| {
        let mut session = swept(seed, 1_500, "0.5")?;
        let mut rows = Vec::new();
        for stop in STOPS {
            session.set("stop", stop).map_err(|e| e.to_string())?;
            rows.push(column(&mut session, "error", "test"));
        }
        Ok(rows)
    })?;
    let mut table = Table::new(
        "stopping",
        "test error when stopped, 1500 steps planned, median [min, max]",
    )
    .columns(std::iter::once("step").chain(WIDTHS.map(|(name, _)| name)));
    for (row, stop) in STOPS.into_iter().enumerate() {
        let cells = WIDTHS.map(|(_, i)| Cell::median(runs.iter().map(|run| run[row][i]), 3));
        table.push(stop, cells);
    }
    Ok(table)
}

/// Peak and both sides at other noise levels.
fn noises(seeds: &Seeds) -> Result<Table, String> {
    let mut table = Table::new(
        "noises",
        "1500 steps, other noise, median [min, max] of each seed's own curve",
    )
    .columns(["noise", "best, P < n", "highest", "widest"]);
    for noise in NOISES {
        let runs = seeds.each(&format!("descent, noise {noise}"), |seed| {
            let test = column(&mut swept(seed, 1_500, noise)?, "error", "test");
            let small = test[..4].iter().copied().fold(f64::INFINITY, f64::min);
            let highest = test.iter().copied().fold(0.0, f64::max);
            Ok([small, highest, test[test.len() - 1]])
        })?;
        let cells = [0, 1, 2].map(|k| Cell::median(runs.iter().map(|run| run[k]), 2));
        table.push(noise, cells);
    }
    Ok(table)
}

/// Random ReLU features of least norm on the same data.
fn features(seeds: &Seeds, name: &'static str, bias: f64) -> Result<Table, String> {
    let of = format!("random features, bias {bias}");
    let runs: Vec<Vec<[f64; 3]>> = seeds.each(&of, |seed| {
        let sizes = FEATURES.into_iter();
        sizes.map(|size| fitted(seed, size, bias)).collect()
    })?;
    let mut table = Table::new(
        name,
        format!("random features, bias {bias}, n = 60, noise 0.5, median [min, max]"),
    )
    .columns(["N", "test error", "noise gain", "log10 lmin/l1"]);
    for (i, size) in FEATURES.iter().enumerate() {
        let cells = [0, 1, 2].map(|k| Cell::median(runs.iter().map(|run| run[i][k]), 2));
        table.push(size.to_string(), cells);
    }
    Ok(table)
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
