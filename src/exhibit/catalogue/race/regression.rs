//! The race on noisy 1D regression: the network and the data of the first
//! exhibit, under Adam or gradient descent.

use super::Looking;
use super::claims::{between, no_validation};
use super::comparison::{at_the_end, best};
use super::course::{Course, Discipline, Measure, Outcome, Train, VALIDATION_SEED};
use super::knobs::{
    LOOK, SEED, SEEDS, arm, batch, batch_size, learning_rate, steps, stop_below, with_arms,
};
use super::rule::Rule;
use super::run::Run;
use super::score::error_axis;
use super::style::{key, style};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::regression::{Configuration, RegressionRun};
use crate::exhibit::{Choice, Claim, Effect, Kind, Knob, Labels, Settings, text};
use crate::network::{Activation, Forward, Mlp, Parametrisation};
use crate::objective::Objective;
use crate::random::{Stream, stream};
use crate::task::{Inputs, Regression, Target};
use crate::training::{BatchSampler, Optimiser, Trainer};
use nalgebra::{DMatrix, DVector};

/// Gradient descent takes half of its stability limit.
const STEP_FRACTION: f64 = 0.5;

/// Points of the validation set: as noisy as the others, never trained on.
const VALIDATION_POINTS: usize = 20;

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<11, 26>(
    [
        Knob {
            name: "noise",
            label: "Noise",
            kind: Kind::Number {
                min: 0.0,
                max: 1.0,
                log: false,
                decimals: 2,
                ticks: &[0.0, 0.5, 1.0],
            },
            default: "0.6",
            unit: "",
            help: "Standard deviation of the label noise.",
            effect: Effect::Restart,
        },
        SEEDS,
        stop_below("0.002"),
        SEED,
        Knob {
            name: "optimiser",
            label: "Optimiser",
            kind: Kind::Choice {
                options: &[
                    Choice::new("adam", "Adam"),
                    Choice::new("gd", "gradient descent"),
                ],
            },
            default: "adam",
            unit: "",
            help: "Adam with memories 0.9 and 0.999, or gradient descent at half its stability limit, times min(1, 2b/n + 1/4) for a minibatch of b.",
            effect: Effect::Restart,
        },
        learning_rate("0.01"),
        Knob {
            name: "points",
            label: "Training points",
            kind: Kind::Integer {
                min: 10,
                max: 80,
                ticks: &[10.0, 40.0, 80.0],
            },
            default: "40",
            unit: "",
            help: "Number n of training points, at random places in [\u{2212}1, 1].",
            effect: Effect::Restart,
        },
        batch(
            "all",
            &[
                Choice::new("all", "all"),
                Choice::new("16", "16"),
                Choice::new("8", "8"),
                Choice::new("4", "4"),
                Choice::new("2", "2"),
            ],
        ),
        Knob {
            name: "widths",
            label: "Widths",
            kind: Kind::List {
                min: 1,
                max: 128,
                length: 3,
                presets: &["16-16", "32-32", "64-64"],
            },
            default: "64-64",
            unit: "",
            help: "Units in each hidden layer.",
            effect: Effect::Restart,
        },
        steps("2500", 12_000, &[50.0, 2500.0, 12_000.0]),
        LOOK,
    ],
    [
        arm(1, "none", "0"),
        arm(2, "hard", "0"),
        arm(3, "random", "0"),
        arm(4, "random-own", "0"),
        arm(5, "slower", "0"),
    ],
);

/// The discipline.
pub static REGRESSION: Discipline = Discipline {
    measures: &[
        Measure {
            name: "test",
            title: ["Test error", " of every arm"],
            format: text::error,
            axis: error_axis,
        },
        Measure {
            name: "validation",
            title: ["Validation error", " of every arm"],
            format: text::error,
            axis: error_axis,
        },
        Measure {
            name: "train",
            title: ["Training error", " of every arm"],
            format: text::error,
            axis: error_axis,
        },
    ],
    score: 0,
    validation: Some(1),
    outcome: Outcome::End,
    outcome_words: "test error at the end",
    most_steps_a_frame: 10,
    course: |settings, seed| Ok(Box::new(RegressionCourse::new(settings, seed)?)),
    claims,
    caption: |settings| {
        format!(
            "{}, noise {}, n = {}, batch {}",
            match settings.choice("optimiser") {
                "gd" => "gradient descent",
                _ => "Adam",
            },
            settings.number("noise"),
            settings.integer("points"),
            settings.choice("batch")
        )
    },
};

#[derive(Debug)]
struct RegressionCourse {
    seed: u32,
    batch: usize,
    ground: RegressionRun,
    /// f* at the training inputs and at the test inputs.
    signal: DVector<f64>,
    test_signal: DVector<f64>,
    validation: Regression,
    /// The initial network at the validation inputs.
    validation_origin: DMatrix<f64>,
    adam: Option<f64>,
}

impl RegressionCourse {
    fn new(settings: &Settings, seed: u32) -> Result<Self, String> {
        let points = settings.integer("points") as usize;
        let beginning = Configuration {
            own: Vec::new(),
            target: Target::Sine,
            inputs: Inputs::Random,
            points,
            noise: settings.number("noise"),
            seed,
            weight_seed: seed,
            widths: settings
                .list("widths")
                .iter()
                .map(|w| *w as usize)
                .collect(),
            activation: Activation::Relu,
            parametrisation: Parametrisation::Ntk,
            batch: batch_size(settings, points),
        };
        let ground = RegressionRun::new(&beginning, 1)?;
        let [_, signal, test_signal] = ground.known()?;
        let validation = Regression::new(
            beginning.target,
            Inputs::Random,
            VALIDATION_POINTS,
            beginning.noise,
            seed.wrapping_add(VALIDATION_SEED),
        );
        let mut forward = Forward::new();
        forward.run(ground.trainer.mlp(), &validation.inputs);
        let adam =
            (settings.choice("optimiser") == "adam").then(|| settings.number("learning-rate"));
        Ok(Self {
            validation_origin: forward.outputs,
            validation,
            seed,
            batch: beginning.batch,
            ground,
            signal,
            test_signal,
            adam,
        })
    }

    fn outputs(&self, mlp: &Mlp) -> DVector<f64> {
        let mut forward = Forward::new();
        forward.run(mlp, &self.ground.test_inputs);
        DVector::from_column_slice(forward.outputs.as_slice()) - &self.ground.test_origin
    }
}

impl Course for RegressionCourse {
    fn trainer(&self) -> Result<Box<dyn Train>, String> {
        let ground = &self.ground;
        let batches = stream(self.seed, Stream::Batches);
        Ok(Box::new(Trainer::new(
            ground.trainer.mlp().clone(),
            ground.problem.inputs.clone(),
            true,
            BatchSampler::new(ground.points(), self.batch, batches),
            stream(self.seed, Stream::Mask),
        )))
    }

    fn objective(&self) -> &dyn Objective {
        &self.ground.objective
    }

    fn labels(&self) -> Labels {
        Labels {
            values: DMatrix::from_row_slice(1, self.ground.points(), &self.ground.problem.labels),
            meaning: "the true function and noise",
        }
    }

    fn optimiser(&self) -> Optimiser {
        match self.adam {
            Some(_) => Optimiser::adam(0.9, 0.999, 1e-8),
            None => Optimiser::GRADIENT_DESCENT,
        }
    }

    fn rate(&self) -> f64 {
        self.adam
            .unwrap_or_else(|| self.ground.step_size(STEP_FRACTION))
    }

    fn measure(&self, mlp: &Mlp) -> Vec<f64> {
        let mut forward = Forward::new();
        let mut distance = |inputs: &DMatrix<f64>, origin: &DMatrix<f64>, labels: &[f64]| {
            forward.run(mlp, inputs);
            let outputs = forward.outputs.iter().zip(origin.iter()).zip(labels);
            let sum: f64 = outputs
                .map(|((u, u0), y)| (u - u0 - y) * (u - u0 - y))
                .sum();
            sum / labels.len() as f64
        };
        let (ground, validation) = (&self.ground, &self.validation);
        let held_out = distance(
            &validation.inputs,
            &self.validation_origin,
            &validation.labels,
        );
        let problem = &ground.problem;
        let train = distance(&problem.inputs, ground.trainer.origin(), &problem.labels);
        let outputs = self.outputs(mlp);
        let test = (&outputs - &self.test_signal).norm_squared() / outputs.len() as f64;
        vec![test, held_out, train]
    }

    fn chart(&self, view: &str, run: &Run, _: Option<Looking>) -> Option<Chart> {
        (view == "fit").then(|| self.fit(run))
    }
}

impl RegressionCourse {
    /// All arms between the true function and the noisy labels.
    fn fit(&self, run: &Run) -> Chart {
        let problem = &self.ground.problem;
        // Every other point: five networks are asked at each of them.
        let half = |values: &[f64]| values.iter().step_by(2).copied().collect::<Vec<f64>>();
        let x = half(self.ground.test_inputs.as_slice());
        let inputs_drawn = DMatrix::from_row_slice(1, x.len(), &x);
        let origin = half(self.ground.test_origin.as_slice());
        let along = |values: &[f64]| -> Vec<[f64; 2]> {
            x.iter().zip(values).map(|(&x, &y)| [x, y]).collect()
        };
        let truth = &half(self.test_signal.as_slice())[..];
        let (signal, labels) = (self.signal.as_slice(), &problem.labels);
        let inputs = problem.inputs.as_slice();
        let sticks = inputs.iter().zip(signal).zip(labels);
        let sticks: Vec<[f64; 3]> = sticks.map(|((&x, &f), &y)| [x, f, y]).collect();
        let highest = labels.iter().fold(1.2, |m: f64, y| m.max(y.abs()));
        let (bottom, top) = (1.1 * highest, 1.75 * highest);
        let mut marks = vec![
            Mark::Sticks {
                sticks: sticks.clone(),
                role: Role::Noise,
            },
            Mark::line(along(truth), Role::Signal, 2.0),
            Mark::Points {
                points: sticks.iter().map(|s| [s[0], s[2]]).collect(),
                shape: Shape::Ring,
                role: Role::Noise,
            },
        ];
        let mut forward = Forward::new();
        let mut keys = Vec::new();
        let mut columns = vec![
            Column::new("x", x.iter().copied()),
            Column::new("signal", truth.iter().copied()),
        ];
        for (arm, contestant) in run.heat.contestants.iter().enumerate() {
            let style = style(&run.setup, arm);
            forward.run(contestant.trainer.mlp(), &inputs_drawn);
            let raw = forward.outputs.iter().zip(&origin);
            let outputs: Vec<f64> = raw.map(|(u, u0)| u - u0).collect();
            marks.push(style.line(along(&outputs)));
            keys.push(key(&run.setup, arm));
            let number = run.setup.arms[arm].number;
            columns.push(Column::new(format!("arm{number}"), outputs.iter().copied()));
        }
        columns.push(Column::new("train-x", inputs.iter().copied()));
        columns.push(Column::new("train-label", labels.iter().copied()));
        keys.push(Label::new(
            "signal",
            Role::Signal,
            Place::Key {
                side: Side::Left,
                sample: Sample::Line {
                    role: Role::Signal,
                    dash: Dash::Solid,
                },
            },
        ));
        let unit = if bottom > 2.6 { 2.0 } else { 1.0 };
        Chart {
            view: "fit",
            title: vec![Span::strong("Fit"), Span::plain(" of every arm")],
            reading: vec![Span::plain(format!(
                "seed {}, step {}",
                run.heat.trace.seed,
                text::count(run.heat.step)
            ))],
            x: Axis::linear(-1.04, 1.04, &[-1.0, -0.5, 0.0, 0.5, 1.0]).first("x = "),
            y: Axis::linear(-bottom, top, &[-unit, 0.0, unit]),
            marks,
            labels: keys,
            description: format!(
                "Fit of every arm to {} noisy labels of seed {} at step {}.",
                labels.len(),
                run.heat.trace.seed,
                text::count(run.heat.step)
            ),
            columns,
        }
    }
}

fn claims(run: &Run) -> Vec<Claim> {
    let (discipline, setup) = (run.discipline, &run.setup);
    let end = |trace: &super::heat::Trace, arm: usize| at_the_end(discipline, trace, arm);
    let least = |trace: &super::heat::Trace, arm: usize| best(discipline, trace, arm);
    let (gate, free) = (setup.gate(), setup.free());
    let against = |words, rule: Rule| {
        let other = setup.place(|other| other == rule);
        between(run, words, QUANTITY, [gate, other], &end).claim(run)
    };
    vec![
        between(
            run,
            [
                "gate-generalises-better",
                "Updating a parameter only where the batch agrees on it generalises better.",
            ],
            QUANTITY,
            [gate, free],
            &end,
        )
        .claim(run),
        against(
            [
                "gate-beats-random-mask",
                "It does so because of which parameters it opens: better than as many at random.",
            ],
            Rule::Random,
        ),
        against(
            [
                "gate-beats-own-random-mask",
                "Better also than a random mask that opens as many as the gate would where that arm itself stands.",
            ],
            Rule::RandomOwn,
        ),
        against(
            [
                "gate-beats-smaller-step",
                "It is more than a brake: better than a step smaller by as much.",
            ],
            Rule::Slower,
        ),
        between(
            run,
            [
                "gate-finds-better",
                "It leads to networks that the ungated run does not pass through.",
            ],
            "Best test error on the way",
            [gate, free],
            &least,
        )
        .claim(run),
        no_validation(
            run,
            "gate-needs-no-validation",
            &format!("{VALIDATION_POINTS} validation points"),
        ),
    ]
}

const QUANTITY: &str = "Test error at the end";
