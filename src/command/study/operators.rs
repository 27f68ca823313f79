//! How well the identities of a window hold, by what stands for the mean
//! Jacobian of a step: every optimiser, a kinked and a smooth network, squared
//! loss and cross-entropy.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::{Defects, Scheme, train_kernel};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::objective::{CrossEntropy, Objective, SquaredLoss};
use ntk_playground::random::{Random, Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Decay, Gate, Operators, Optimiser, Rule, Trainer};
use rand::RngExt as _;

const POINTS: usize = 24;
const STEPS: u64 = 500;
const CLASSES: usize = 3;
/// Share of labels that are those of the next class.
const FLIPPED: f64 = 0.2;

const SCHEMES: [(&str, Scheme); 3] = [
    ("left", Scheme::Left),
    ("secant", Scheme::Secant),
    ("path", Scheme::PATH),
];

const ADAM: Optimiser = Optimiser::adam(0.9, 0.999, 1e-8);
const OPTIMISERS: [(&str, Optimiser); 4] = [
    ("descent", Optimiser::GRADIENT_DESCENT),
    ("momentum", Optimiser::momentum(0.9)),
    ("Adam", ADAM),
    (
        "AdamW",
        ADAM.with_decay(Decay::Decoupled {
            rate: 0.1,
            masked: false,
        }),
    ),
];

const COLUMNS: [&str; 7] = [
    "optimiser, Jacobian",
    "loss",
    "test points",
    "propagator",
    "worst step",
    "accumulated",
    "|P|",
];

/// What is learned.
#[derive(Clone, Copy)]
enum Task {
    Regression,
    Classes,
}

struct Problem {
    inputs: DMatrix<f64>,
    test_inputs: DMatrix<f64>,
    outputs: usize,
    objective: Box<dyn Objective>,
}

/// Relative errors at the end, for every activation and loss.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut tables = Vec::new();
    for (name, activation) in [("relu", Activation::Relu), ("tanh", Activation::Tanh)] {
        for task in [Task::Regression, Task::Classes] {
            tables.push(table(seeds, name, activation, task)?);
        }
    }
    Ok(tables)
}

fn table(
    seeds: &Seeds,
    name: &'static str,
    activation: Activation,
    task: Task,
) -> Result<Table, String> {
    let loss = match task {
        Task::Regression => "squared loss, sin(pi x), noise 0.5",
        Task::Classes => "cross-entropy, 3 classes in the plane, a fifth of the labels wrong",
    };
    let title = format!(
        "{name}, {loss}, n = {POINTS}, widths 32-32: relative errors of the identities after \
         {STEPS} steps, median [min, max]"
    );
    let mut table = Table::new(name, title.clone()).columns(COLUMNS);
    for (optimiser_name, optimiser) in OPTIMISERS {
        for (scheme_name, scheme) in SCHEMES {
            let what = format!("{title}; {optimiser_name}: {scheme_name}");
            let runs = seeds.each(&what, |seed| run(seed, activation, task, optimiser, scheme))?;
            let cells =
                (0..COLUMNS.len() - 1).map(|at| Cell::median(runs.iter().map(|run| run[at]), 3));
            table.push(format!("{optimiser_name}: {scheme_name}"), cells);
        }
    }
    Ok(table)
}

impl Task {
    fn problem(self, seed: u32) -> Result<Problem, String> {
        match self {
            Self::Regression => {
                let problem = Regression::new(Target::Sine, Inputs::Grid, POINTS, 0.5, seed);
                let labels = DMatrix::from_row_slice(1, POINTS, &problem.labels);
                Ok(Problem {
                    inputs: problem.inputs,
                    test_inputs: problem.test_inputs.columns_with_step(0, 51, 3).into_owned(),
                    outputs: 1,
                    objective: Box::new(SquaredLoss::new(&labels)),
                })
            }
            Self::Classes => {
                let uniform = |columns, of| {
                    let mut random = stream(seed, of);
                    DMatrix::from_fn(2, columns, |_, _| random.random_range(-1.0..1.0))
                };
                let inputs = uniform(POINTS, Stream::Inputs);
                let random = &mut stream(seed, Stream::Noise);
                let labels = inputs.column_iter().map(|x| sector(x[0], x[1], random));
                let objective = CrossEntropy::new(CLASSES, labels.collect());
                Ok(Problem {
                    inputs,
                    test_inputs: uniform(25, Stream::TestInputs),
                    outputs: CLASSES,
                    objective: Box::new(objective.map_err(|error| error.to_string())?),
                })
            }
        }
    }
}

/// Which third of the plane a point lies in, or the next one.
fn sector(x: f64, y: f64, random: &mut Random) -> usize {
    let turn = (y.atan2(x) / std::f64::consts::TAU).rem_euclid(1.0);
    let own = (turn * CLASSES as f64) as usize;
    (own + usize::from(random.random_bool(FLIPPED))) % CLASSES
}

/// The columns of a row for one seed.
fn run(
    seed: u32,
    activation: Activation,
    task: Task,
    optimiser: Optimiser,
    scheme: Scheme,
) -> Result<[f64; 6], String> {
    let problem = task.problem(seed)?;
    let objective = &*problem.objective;
    let architecture = Architecture {
        inputs: problem.inputs.nrows(),
        widths: vec![32, 32],
        outputs: problem.outputs,
        activation,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let mlp = Mlp::random(architecture, 1.0, &mut stream(seed, Stream::Weights))
        .map_err(|error| error.to_string())?;
    let largest = train_kernel(&TangentFactors::new(&mlp, &problem.inputs))
        .symmetric_eigenvalues()
        .max();
    let eta = match optimiser.rule {
        Rule::Adam { .. } => 0.01,
        Rule::Momentum { beta } => (1.0 - beta) * 0.5 * POINTS as f64 / largest,
        Rule::GradientDescent => 0.5 * POINTS as f64 / largest,
    };
    let sampler = BatchSampler::new(POINTS, POINTS, stream(seed, Stream::Batches));
    let mask = stream(seed, Stream::Mask);
    let mut trainer = Trainer::new(mlp, problem.inputs, false, sampler, mask);
    trainer
        .set_optimiser(optimiser)
        .map_err(|error| error.to_string())?;
    let mut operators = Operators::new(&trainer, &problem.test_inputs, scheme, false);
    let gradient = operators.output_gradient(&trainer, objective);
    let (loss, test) = (
        operators.loss(&trainer, objective),
        operators.test_outputs(),
    );
    for _ in 0..STEPS {
        operators
            .step(&mut trainer, objective, eta, Gate::Off)
            .map_err(|error| error.to_string())?;
    }
    let window = &operators.integrated;
    let drop = loss - operators.loss(&trainer, objective);
    let moved = operators.test_outputs() - test;
    let now = operators.output_gradient(&trainer, objective);
    let relative =
        |predicted: DVector<f64>, exact: &DVector<f64>| (predicted - exact).norm() / exact.norm();
    let both = [window.train_defects(), window.test_defects()];
    let larger = |of: fn(&Defects) -> f64| of(both[0]).max(of(both[1]));
    Ok([
        (window.predicted_loss_drop(&gradient) - drop).abs() / drop.abs(),
        relative(window.predicted_test_change(&gradient), &moved),
        relative(window.predicted_gradient(&gradient), &now),
        larger(Defects::worst_step),
        larger(Defects::accumulated),
        window.propagator().singular_values().max(),
    ])
}
