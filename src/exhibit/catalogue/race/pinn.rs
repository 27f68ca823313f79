//! The race on a differential equation with noisy sensors: does the gate keep
//! a physics-informed network from memorising them?

use super::Looking;
use super::claims::{between, no_validation};
use super::comparison::{at_the_end, best, last};
use super::course::{Course, Discipline, Drawn, Measure, Outcome, Train, VALIDATION_SEED};
use super::heat::Trace;
use super::knobs::{LOOK, SEED, SEEDS, arm, learning_rate, steps, stop_below, with_arms};
use super::rule::Rule;
use super::run::Run;
use super::score::error_axis;
use super::style::{key, style};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Place, Role, Sample, Shape, Side, Span, number,
};
use crate::exhibit::{Claim, Effect, Kind, Knob, Labels, Settings, text};
use crate::network::{JetForward, Mlp};
use crate::objective::{Objective, SquaredLoss};
use crate::random::{Stream, stream};
use crate::task::Poisson;
use crate::training::{BatchSampler, Gate, JetPass, Optimiser, Trainer};
use nalgebra::DMatrix;

/// Sensors in training, and further ones, as noisy, in the validation set.
const SENSORS: usize = 24;
const VALIDATION_SENSORS: usize = 12;

/// Place of the share memorised among the measures.
const MEMORISED: usize = 2;

/// The declarations.
pub static KNOBS: &[Knob] = &with_arms::<9, 24>(
    [
        Knob {
            name: "collocation",
            label: "Collocation points",
            kind: Kind::Integer {
                min: 2,
                max: 64,
                ticks: &[2.0, 32.0, 64.0],
            },
            default: "5",
            unit: "",
            help: "Number of points, evenly from 0 to 1, at which u\u{2033} = f is asked for.",
            effect: Effect::Restart,
        },
        SEEDS,
        SEED,
        Knob {
            name: "noise",
            label: "Sensor noise",
            kind: Kind::Number {
                min: 0.0,
                max: 0.5,
                log: false,
                decimals: 2,
                ticks: &[0.0, 0.25, 0.5],
            },
            default: "0.2",
            unit: "",
            help: "Standard deviation of the noise of the 24 sensors.",
            effect: Effect::Restart,
        },
        stop_below("0.002"),
        Knob {
            name: "physics",
            label: "Weight of the equation",
            kind: Kind::Number {
                min: 0.0001,
                max: 0.1,
                log: true,
                decimals: 4,
                ticks: &[0.0001, 0.001, 0.01, 0.1],
            },
            default: "0.001",
            unit: "",
            help: "\u{3bb}, the weight of the equation\u{2019}s mean squared residual against that of the sensors.",
            effect: Effect::Restart,
        },
        learning_rate("0.003"),
        steps("6000", 12_000, &[50.0, 6000.0, 12_000.0]),
        LOOK,
    ],
    [
        arm(1, "none", "0"),
        arm(2, "hard", "0"),
        arm(3, "snr", "0"),
        arm(4, "random", "0"),
        arm(5, "slower", "0"),
    ],
);

fn share_axis(lowest: f64, highest: f64) -> Axis {
    let (low, high) = (lowest.clamp(-2.0, 0.0), highest.clamp(0.6, 3.0));
    Axis::linear_with(
        low - 0.05,
        high + 0.05,
        &[0.0, 0.25, 0.5, 0.75, 1.0],
        |share| format!("{}\u{2009}%", number(100.0 * share)),
    )
}

/// The discipline.
pub static PINN: Discipline = Discipline {
    measures: &[
        Measure {
            name: "rms",
            title: ["Error", " RMS distance to the solution, every arm"],
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
            name: "memorised",
            title: ["Sensor noise", " memorised, every arm"],
            format: text::percent,
            axis: share_axis,
        },
        Measure {
            name: "residual",
            title: ["Equation", " RMS of u\u{2033} \u{2212} f, every arm"],
            format: text::error,
            axis: error_axis,
        },
    ],
    score: 0,
    validation: Some(1),
    outcome: Outcome::End,
    outcome_words: "RMS error at the end",
    most_steps_a_frame: 16,
    course,
    claims,
    caption: |settings| {
        format!(
            "{} collocation points, sensor noise {}",
            settings.integer("collocation"),
            settings.number("noise")
        )
    },
};

#[derive(Debug)]
struct PinnCourse {
    problem: Poisson,
    validation: Poisson,
    objective: SquaredLoss,
    seed: u32,
    learning_rate: f64,
}

fn course(settings: &Settings, seed: u32) -> Drawn {
    let noise = settings.number("noise");
    let collocation = settings.integer("collocation") as usize;
    let problem = Poisson::new(SENSORS, collocation, noise, seed);
    let objective = problem.objective(settings.number("physics"));
    Ok(Box::new(PinnCourse {
        objective: objective.map_err(|error| error.to_string())?,
        validation: Poisson::new(
            VALIDATION_SENSORS,
            0,
            noise,
            seed.wrapping_add(VALIDATION_SEED),
        ),
        problem,
        seed,
        learning_rate: settings.number("learning-rate"),
    }))
}

/// (u, u', u'') of a network at some inputs, 3 x n.
fn jets(mlp: &Mlp, inputs: &DMatrix<f64>) -> DMatrix<f64> {
    let mut forward = JetForward::new();
    forward.run(mlp, inputs);
    forward.outputs
}

impl Course for PinnCourse {
    fn trainer(&self) -> Result<Box<dyn Train>, String> {
        let mlp = Poisson::network(self.seed).map_err(|error| error.to_string())?;
        let inputs = self.problem.inputs.clone();
        let (count, batches) = (inputs.ncols(), stream(self.seed, Stream::Batches));
        let trainer = Trainer::with_pass(
            JetPass::new(),
            mlp,
            inputs,
            false,
            BatchSampler::new(count, count, batches),
            stream(self.seed, Stream::Mask),
        );
        Ok(Box::new(trainer))
    }

    fn objective(&self) -> &dyn Objective {
        &self.objective
    }

    fn labels(&self) -> Labels {
        let mut values = DMatrix::repeat(1, self.problem.inputs.ncols(), f64::NAN);
        for (label, reading) in values.iter_mut().zip(&self.problem.readings) {
            *label = *reading;
        }
        Labels {
            values,
            meaning: "what the sensors say; null at collocation points, where the loss asks for u''",
        }
    }

    fn optimiser(&self) -> Optimiser {
        Optimiser::adam(0.9, 0.99, 1e-8)
    }

    fn rate(&self) -> f64 {
        self.learning_rate
    }

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

    fn chart(&self, view: &str, run: &Run, probe: Option<Looking>) -> Option<Chart> {
        match view {
            "solution" => Some(self.along("solution", run)),
            "residual" => Some(self.along("residual", run)),
            "memorised" => Some(super::score::over_the_race(
                run,
                probe,
                "memorised",
                MEMORISED,
            )),
            _ => None,
        }
    }
}

impl PinnCourse {
    /// u, or u'' - f, of every arm along x.
    fn along(&self, view: &'static str, run: &Run) -> Chart {
        let solution = view == "solution";
        let problem = &self.problem;
        let x = problem.test_inputs.as_slice();
        let points = |values: &[f64]| -> Vec<[f64; 2]> {
            x.iter().zip(values).map(|(&x, &y)| [x, y]).collect()
        };
        let mut marks = Vec::new();
        let mut labels = Vec::new();
        let mut columns = vec![Column::new("x", x.iter().copied())];
        let collocation = problem.collocation();
        if solution {
            let exact: Vec<f64> = x.iter().map(|x| Poisson::solution(*x)).collect();
            let sensors = problem.sensors().iter().zip(&problem.signal);
            let sticks: Vec<[f64; 3]> = sensors
                .zip(&problem.readings)
                .map(|((&x, &u), &y)| [x, u, y])
                .collect();
            let ends = sticks.iter().map(|s| [s[0], s[2]]).collect();
            marks.push(Mark::Sticks {
                sticks,
                role: Role::Noise,
            });
            marks.push(Mark::line(points(&exact), Role::Signal, 2.0));
            marks.push(Mark::Points {
                points: ends,
                shape: Shape::Ring,
                role: Role::Noise,
            });
            let sample = Sample::Line {
                role: Role::Signal,
                dash: Dash::Solid,
            };
            let side = Side::Left;
            labels.push(Label::new(
                "solution",
                Role::Signal,
                Place::Key { side, sample },
            ));
            columns.push(Column::new("solution", exact));
        } else {
            marks.push(Mark::Points {
                points: collocation.iter().map(|x| [*x, 0.0]).collect(),
                shape: Shape::Disc,
                role: Role::Signal,
            });
        }
        let mut largest: f64 = 0.0;
        for (arm, contestant) in run.heat.contestants.iter().enumerate() {
            let style = style(&run.setup, arm);
            let outputs = jets(contestant.trainer.mlp(), &problem.test_inputs);
            let values: Vec<f64> = match solution {
                true => outputs.row(0).iter().copied().collect(),
                false => problem.residual(&outputs),
            };
            largest = values.iter().fold(largest, |m, v| m.max(v.abs()));
            marks.push(style.line(points(&values)));
            labels.push(key(&run.setup, arm));
            let number = run.setup.arms[arm].number;
            columns.push(Column::new(format!("arm{number}"), values));
        }
        let y = match solution {
            true => Axis::linear(-1.8, 3.0, &[-1.0, 0.0, 1.0, 2.0]),
            false => {
                // Steps of 2.5 times, so that the picture does not breathe.
                let range = libm::pow(
                    2.5,
                    libm::ceil(libm::log(largest.clamp(1.0, 1e6)) / libm::log(2.5)),
                );
                Axis::nice(-range, range, 4)
            }
        };
        Chart {
            view,
            title: match solution {
                true => vec![Span::strong("Solution"), Span::plain(" and sensors")],
                false => vec![
                    Span::strong("Residual"),
                    Span::plain(" u\u{2033} \u{2212} f, asked to be 0 at the points"),
                ],
            },
            reading: vec![Span::plain(format!(
                "seed {}, step {}",
                run.heat.trace.seed,
                text::count(run.heat.step)
            ))],
            x: Axis::linear(-0.02, 1.02, &[0.0, 0.25, 0.5, 0.75, 1.0]).first("x = "),
            y,
            marks,
            labels,
            description: match solution {
                true => format!(
                    "Every arm beside the exact solution and {SENSORS} noisy sensors, seed {}, step {}.",
                    run.heat.trace.seed,
                    text::count(run.heat.step)
                ),
                false => format!(
                    "Residual of the equation along x for every arm, asked to vanish at {} points; the \
                     largest is {}.",
                    collocation.len(),
                    text::significant(largest)
                ),
            },
            columns,
        }
    }
}

fn claims(run: &Run) -> Vec<Claim> {
    let (discipline, setup) = (run.discipline, &run.setup);
    let end = |trace: &Trace, arm: usize| at_the_end(discipline, trace, arm);
    let least = |trace: &Trace, arm: usize| best(discipline, trace, arm);
    let memorised = |trace: &Trace, arm: usize| last(trace, arm, MEMORISED);
    let (gate, free) = (setup.gate(), setup.free());
    let hard = setup.place(|rule| rule == Rule::Gate(Gate::Hard));
    let error = "RMS error at the end";
    let against = |words, rule: Rule| {
        let other = setup.place(|other| other == rule);
        between(run, words, error, [gate, other], &end).claim(run)
    };
    vec![
        between(
            run,
            [
                "pinn-gate-memorises-less",
                "In a physics-informed network the gate suppresses memorising.",
            ],
            "Sensor noise memorised at the end",
            [gate, free],
            &memorised,
        )
        .claim(run),
        between(
            run,
            ["pinn-gate-is-closer", "The solution is better for it."],
            error,
            [gate, free],
            &end,
        )
        .claim(run),
        between(
            run,
            [
                "pinn-hard-gate-is-closer",
                "And so for the rule as it is stated, all or nothing.",
            ],
            error,
            [hard, free],
            &end,
        )
        .claim(run),
        against(
            [
                "pinn-gate-beats-random-mask",
                "That is because of which parameters it opens: closer than as many at random.",
            ],
            Rule::Random,
        ),
        against(
            [
                "pinn-gate-beats-smaller-step",
                "It is more than a brake: closer than with a step smaller by as much.",
            ],
            Rule::Slower,
        ),
        between(
            run,
            [
                "pinn-gate-finds-closer",
                "It leads to solutions that the ungated run does not pass through.",
            ],
            "Smallest RMS error on the way",
            [gate, free],
            &least,
        )
        .claim(run),
        no_validation(
            run,
            "pinn-gate-needs-no-validation",
            &format!("{VALIDATION_SENSORS} validation sensors"),
        ),
    ]
}
