//! The race on a differential equation with noisy sensors: does the gate keep
//! a physics-informed network from memorising them?

use super::arm_trial::ArmTrial;
use super::claims::{Quantity, no_validation};
use super::knobs::{LEARNING_RATE, LOOK, SEED, SEEDS, STEPS, STOP_BELOW, with_arms};
use super::model::Race;
use super::problem::{ADAM, Along, Graph, Outputs, Problem, Test, VALIDATION_SEED};
use super::rule::Rule;
use super::setup::Setup;
use super::task::{Measure, Outcome, TaskSpecification, percent, step_up};
use crate::chart::Axis;
use crate::exhibit::key::Key;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Knob, Labels, Settings};
use crate::network::{JetForward, Mlp};
use crate::task::Poisson;
use crate::training::Gate;
use nalgebra::DMatrix;

/// Sensors in training, and further ones, as noisy, in the validation set.
const SENSORS: usize = 24;
const VALIDATION_SENSORS: usize = 12;

/// Place of the share memorised among the measures.
pub const MEMORISED: usize = 2;

const COLLOCATION: Key<u32> = Key::integer("collocation", "Collocation points", 2, 64)
    .ticks(&[2.0, 32.0, 64.0])
    .default("5")
    .help("Number of points, evenly from 0 to 1, at which u\u{2033} = f is asked for.");

const NOISE: Key<f64> = Key::number("noise", "Sensor noise", 0.0, 0.5)
    .ticks(&[0.0, 0.25, 0.5])
    .default("0.2")
    .help("Standard deviation of the noise of the 24 sensors.");

const PHYSICS: Key<f64> = Key::number("physics", "Weight of the equation", 0.0001, 0.1)
    .log(4)
    .ticks(&[0.0001, 0.001, 0.01, 0.1])
    .default("0.001")
    .help("\u{3bb}, the weight of the equation\u{2019}s mean squared residual against that of the sensors.");

/// The best step to stop the ungated arm at: see [`TaskSpecification::stop`].
const STOP: u64 = 248;

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<9, 27>(
    [
        COLLOCATION.knob,
        SEEDS.knob,
        SEED.knob,
        NOISE.knob,
        STOP_BELOW.default("0.002").knob,
        PHYSICS.knob,
        LEARNING_RATE.default("0.003").knob,
        STEPS.default("6000").ticks(&[50.0, 6000.0, 12_000.0]).knob,
        LOOK.knob,
    ],
    ["none", "hard", "snr", "random", "none", "none"],
    ["1", "1", "1", "1", "0.02", "1"],
    ["0", "0", "0", "0", "0", "1"],
);

pub fn setup(settings: &Settings) -> Result<Setup, String> {
    Setup::read(&PINN, settings, settings.read(&STOP_BELOW))
}

fn share_axis(lowest: f64, highest: f64) -> Axis {
    let low = -step_up(-lowest, &[0.0, 0.5, 2.0]);
    let high = step_up(highest, &[1.0, 1.5, 3.0]);
    Axis::linear_with(
        low - 0.05,
        high + 0.05,
        &[0.0, 0.25, 0.5, 0.75, 1.0],
        percent,
    )
}

static PINN: TaskSpecification = TaskSpecification {
    measures: &[
        Measure::error("rms", "**Error** RMS distance to the solution, every arm"),
        Measure::error("validation", "**Validation error** of every arm"),
        Measure::share(
            "memorised",
            "**Sensor noise** memorised, every arm",
            share_axis,
        ),
        Measure::error(
            "residual",
            "**Equation** RMS of u\u{2033} \u{2212} f, every arm",
        ),
    ],
    score: 0,
    validation: Some(1),
    stop: Some(STOP),
    outcome: Outcome::End,
    outcome_text: "RMS error at the end",
    most_steps_a_frame: 16,
    draw,
    caption: |settings| {
        format!(
            "{} collocation points, sensor noise {}",
            settings.read(&COLLOCATION),
            settings.read(&NOISE)
        )
    },
};

fn draw(settings: &Settings, seed: u32) -> Result<Problem, String> {
    let noise = settings.read(&NOISE);
    let problem = Poisson::new(SENSORS, settings.read(&COLLOCATION) as usize, noise, seed);
    let objective = problem.objective(settings.read(&PHYSICS));
    let network = Poisson::network(seed).map_err(|error| error.to_string())?;
    let count = problem.inputs.ncols();
    let mut values = DMatrix::repeat(1, count, f64::NAN);
    for (label, reading) in values.iter_mut().zip(&problem.readings) {
        *label = *reading;
    }
    let seed = seed.wrapping_add(VALIDATION_SEED);
    Ok(Problem {
        reach: None,
        network,
        inputs: problem.inputs.clone(),
        objective: Box::new(objective.map_err(|error| error.to_string())?),
        outputs: Outputs::Jets,
        batch: count,
        optimiser: ADAM,
        rate: settings.read(&LEARNING_RATE),
        masks_decay: false,
        labels: Labels {
            values,
            meaning: "what the sensors say; null at collocation points, where the loss asks for u''",
        },
        test: Box::new(Equation {
            problem,
            validation: Poisson::new(VALIDATION_SENSORS, 0, noise, seed),
        }),
    })
}

/// The equation with its sensors, and further ones.
#[derive(Debug)]
struct Equation {
    problem: Poisson,
    validation: Poisson,
}

/// (u, u', u'') of a network at some inputs, 3 x n.
fn jets(mlp: &Mlp, inputs: &DMatrix<f64>) -> DMatrix<f64> {
    let mut forward = JetForward::new();
    forward.run(mlp, inputs);
    forward.outputs
}

impl Test for Equation {
    fn measure(&self, mlp: &Mlp) -> Vec<f64> {
        let problem = &self.problem;
        let test = jets(mlp, &problem.test_inputs);
        let held_out = jets(mlp, &self.validation.inputs);
        let misses = held_out.row(0).into_owned();
        let misses = misses.iter().zip(&self.validation.readings);
        let squares: f64 = misses.map(|(u, y)| (u - y) * (u - y)).sum();
        vec![
            problem.rms_error(&test),
            (squares / VALIDATION_SENSORS as f64).sqrt(),
            problem.memorised(&jets(mlp, &problem.inputs)),
            problem.rms_residual(&test),
        ]
    }

    fn graph(&self, of: Along, networks: &[&Mlp]) -> Graph {
        let problem = &self.problem;
        let x = problem.test_inputs.as_slice().to_vec();
        let jets = networks.iter().map(|mlp| jets(mlp, &problem.test_inputs));
        let sensors = problem.sensors().iter().zip(&problem.signal);
        let sensors = sensors.zip(&problem.readings);
        match of {
            Along::Function => Graph {
                networks: jets
                    .map(|jets| jets.row(0).iter().copied().collect())
                    .collect(),
                truth: x.iter().map(|x| Poisson::solution(*x)).collect(),
                points: sensors.map(|((&x, &u), &y)| [x, u, y]).collect(),
                x,
            },
            Along::Residual => Graph {
                networks: jets.map(|jets| problem.residual(&jets)).collect(),
                truth: vec![0.0; x.len()],
                points: problem
                    .collocation()
                    .iter()
                    .map(|x| [*x, 0.0, 0.0])
                    .collect(),
                x,
            },
        }
    }
}

pub fn claims(state: &State<'_, Race>) -> Vec<Claim> {
    let setup = state.setup;
    let (gate, free) = (setup.gate(), setup.free());
    let end = Quantity::new(state, "RMS error at the end", ArmTrial::at_the_end);
    let memorised = Quantity::new(state, "Sensor noise memorised at the end", |arm| {
        arm.last(MEMORISED)
    });
    let best = Quantity::new(state, "Smallest RMS error on the way", ArmTrial::best);
    vec![
        memorised.less(
            [gate, free],
            "pinn-gate-memorises-less",
            "In a physics-informed network the gate suppresses memorising.",
        ),
        end.less(
            [gate, free],
            "pinn-gate-is-closer",
            "The solution is better for it.",
        ),
        end.less(
            [setup.under(Rule::Gate(Gate::Hard)), free],
            "pinn-hard-gate-is-closer",
            "And so for the rule as it is stated, all or nothing.",
        ),
        end.less(
            [gate, setup.under(Rule::Random)],
            "pinn-gate-beats-random-mask",
            "That is because of which parameters it opens: closer than as many at random.",
        ),
        end.less(
            [gate, setup.other_step()],
            "pinn-gate-beats-best-step",
            "It is more than a brake: closer than with the best fixed step.",
        ),
        end.less(
            [gate, setup.more_decayed()],
            "pinn-gate-beats-best-decay",
            "It is more than a penalty: closer than with the best weight decay.",
        ),
        end.against(
            [gate, free],
            ArmTrial::at_fixed_stop,
            "pinn-gate-beats-best-stop",
            "It is more than stopping early: closer than no gate stopped at the best fixed step.",
        ),
        best.less(
            [gate, free],
            "pinn-gate-finds-closer",
            "It leads to solutions that the ungated run does not pass through.",
        ),
        no_validation(
            state,
            "pinn-gate-needs-no-validation",
            &format!("{VALIDATION_SENSORS} validation sensors"),
        ),
    ]
}
