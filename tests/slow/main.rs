//! Claims that take seconds each, and that a study measures over many seeds as
//! well: `cargo xtask test --full` runs them.

#[path = "../windows/mod.rs"]
mod windows;

mod benign_in_many_dimensions;
mod double_descent_at_the_threshold;
mod exhibit_groks;
mod gate_on_trial;
mod identities_of_long_runs;
