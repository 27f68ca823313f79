//! `train_and_integrate` takes the steps of plain training and gives the
//! operators of every one of them; what they do not describe is refused.

use crate::naive::{network, normals};
use nalgebra::DMatrix;
use ntk_playground::kernel::Scheme;
use ntk_playground::network::{Activation, Architecture, InputError, Parametrisation};
use ntk_playground::objective::{Objective, SquaredLoss};
use ntk_playground::training::{
    Gate, IntegrationError, Operators, Quantity, Trainer, TrainingError,
};

const POINTS: usize = 5;
const OUTPUTS: usize = 2;
const STEP_SIZE: f64 = 0.05;

fn trainer() -> Trainer {
    let architecture = Architecture {
        inputs: 2,
        widths: vec![8],
        outputs: OUTPUTS,
        activation: Activation::Tanh,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    Trainer::full_batch(network(architecture, 3), normals(2, POINTS, 1)).expect("inputs that fit")
}

fn objective() -> SquaredLoss {
    SquaredLoss::new(&normals(OUTPUTS, POINTS, 2))
}

fn test_inputs() -> DMatrix<f64> {
    normals(2, 3, 4)
}

fn operators(of: &Operators) -> [DMatrix<f64>; 3] {
    let kernel = &of.integrated;
    [kernel.propagator(), kernel.integrated(), kernel.transfer()].map(DMatrix::clone)
}

#[test]
fn every_step_is_one_of_plain_training_with_its_operators() {
    let (mut plain, mut stepped, mut called) = (trainer(), trainer(), trainer());
    let mut expected = Operators::new(&stepped, &test_inputs(), Scheme::PATH, false);
    let mut along = Vec::new();
    let found = called
        .train_and_integrate(
            &objective(),
            STEP_SIZE,
            30,
            &test_inputs(),
            |report, so_far| {
                along.push((*report, operators(so_far)));
            },
        )
        .expect("finite steps");
    assert_eq!(along.len(), 30);
    for (report, so_far) in &along {
        let step = plain.step(&objective(), STEP_SIZE, Gate::Off);
        assert_eq!(step, Ok(*report));
        expected
            .step(&mut stepped, &objective(), STEP_SIZE, Gate::Off)
            .expect("a finite step");
        assert_eq!(*so_far, operators(&expected));
    }
    assert_eq!(operators(&found), along[29].1);
    assert_eq!(called.mlp().parameters(), plain.mlp().parameters());
}

#[test]
fn no_steps_leave_an_empty_window() {
    let found = trainer()
        .train_and_integrate(&objective(), STEP_SIZE, 0, &test_inputs(), |_, _| {
            panic!("no step")
        })
        .expect("nothing to do");
    let [p, w, g] = operators(&found);
    let size = POINTS * OUTPUTS;
    assert_eq!(p, DMatrix::identity(size, size));
    assert_eq!((w.norm(), g.norm()), (0.0, 0.0));
}

#[test]
fn what_cannot_be_integrated_is_refused_before_anything_moves() {
    let refusal = |mut trainer: Trainer, objective: &dyn Objective, eta, test: DMatrix<f64>| {
        let start = trainer.mlp().clone();
        let error = trainer
            .train_and_integrate(objective, eta, 3, &test, |_, _| {})
            .expect_err("nothing to integrate");
        assert_eq!(*trainer.mlp(), start);
        assert!(error.to_string().ends_with('.'), "{error}");
        error
    };
    let wrong = InputError::Dimension {
        expected: 2,
        given: 3,
    };
    assert_eq!(
        refusal(trainer(), &objective(), STEP_SIZE, DMatrix::zeros(3, 2)),
        IntegrationError::TestInputs(wrong)
    );
    let other = SquaredLoss::new(&normals(1, POINTS, 2));
    let error = refusal(trainer(), &other, STEP_SIZE, test_inputs());
    assert_eq!(
        error.to_string(),
        "The objective is for 5 examples of 1 outputs; the trainer has 5 examples of 2 outputs."
    );
    assert_eq!(
        refusal(trainer(), &objective(), f64::NAN, test_inputs()),
        IntegrationError::Training(TrainingError::NotFinite(Quantity::StepSize))
    );
}
