//! The noise gain that a trained network's kernel alone would have:
//!
//! ```text
//! |K_QS K_SS^+ eps|^2 / m   over   |eps|^2 / n
//! ```
//!
//! with K at the end of training, and eigenvalues below a share of the largest
//! left out of K_SS^+, as if they had not been learned.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Spectrum, cross_kernel, train_kernel};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{SingleIndex, Sizes};
use ntk_playground::training::{BatchSampler, Gate, LearningRate, Optimiser, Trainer};

const WIDTHS: [usize; 7] = [1, 2, 4, 6, 12, 50, 150];
const CUTS: [f64; 4] = [1e-13, 1e-4, 1e-3, 1e-2];
const STEPS: u64 = 2_500;

/// One row a width, one column a cut.
pub fn table(seeds: &Seeds) -> Result<Table, String> {
    let runs = seeds.each("all widths", |seed| {
        let rows: Result<Vec<_>, String> = WIDTHS.iter().map(|&w| gains(seed, w)).collect();
        rows
    })?;
    let cuts = CUTS.map(|cut| format!("above {cut:e} l1"));
    let mut table = Table::new(
        "kernel-gain",
        "gain of the noise under the kernel at the end, per energy present, median [min, max]",
    )
    .columns(std::iter::once("width".to_owned()).chain(cuts));
    for (i, width) in WIDTHS.iter().enumerate() {
        let cells = (0..CUTS.len()).map(|k| Cell::median(runs.iter().map(|run| run[i][k]), 2));
        table.push(width.to_string(), cells.collect::<Vec<_>>());
    }
    Ok(table)
}

fn gains(seed: u32, width: usize) -> Result<[f64; CUTS.len()], String> {
    let sizes = Sizes {
        dimension: 10,
        points: 60,
        test_points: 300,
    };
    let data = SingleIndex::new(sizes, |x| libm::sin(1.5 * x), 0.5, seed);
    let architecture = Architecture {
        inputs: 10,
        widths: vec![width],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 0.5,
    };
    let mut weights = stream(seed, Stream::Weights);
    let mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
    let sampler = BatchSampler::new(60, 60, stream(seed, Stream::Batches));
    let mask = stream(seed, Stream::Mask);
    let mut trainer = Trainer::new(mlp, data.inputs.clone(), true, sampler, mask);
    let adam = Optimiser::adam(0.9, 0.999, 1e-8);
    trainer.set_optimiser(adam).map_err(|e| e.to_string())?;
    let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, 60, &data.labels));
    let rate = LearningRate::Cosine {
        eta: 0.02,
        steps: STEPS,
        floor: 0.0,
    };
    for step in 0..STEPS {
        let taken = trainer.step(&objective, rate.at(step), Gate::Off);
        taken.map_err(|e| e.to_string())?;
    }
    let train = TangentFactors::new(trainer.mlp(), &data.inputs);
    let test = TangentFactors::new(trainer.mlp(), &data.test_inputs);
    let noise = DVector::from_vec(data.noise());
    let spectrum = Spectrum::new(train_kernel(&train), &noise).map_err(|e| e.to_string())?;
    let reach = cross_kernel(&test, &train) * &spectrum.vectors;
    Ok(CUTS.map(|cut| {
        let least = cut * spectrum.largest();
        let pairs = spectrum.coefficients.iter().zip(&spectrum.values);
        let kept = pairs.map(|(c, v)| if *v > least { c / v } else { 0.0 });
        let moved = &reach * DVector::from_iterator(60, kept);
        (moved.norm_squared() / 300.0) / (noise.norm_squared() / 60.0)
    }))
}
