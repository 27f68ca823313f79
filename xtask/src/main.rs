//! The command line: `cargo xtask --help` lists what it does.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::{
    actions, bench, build, card, claims, coverage, fuzz, mutants, package, release, serve, soak,
    standalone, test,
};

/// Build, serve and test the page.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", name = "xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

// The comments below are the help texts.
#[derive(Debug, Subcommand)]
enum Command {
    /// Build the page, a static site, in dist/
    Build,
    /// Build the page, serve it on this machine and open the browser
    Serve(serve::Options),
    /// Build the page, also as one file that opens without a server
    Standalone,
    /// Build the page and packages for npm and Python in target/package/ (needs npm)
    Package,
    /// Build and check everything that is published, in release/ (needs npm and Python)
    Release(release::Options),
    /// Run every check of a change
    Test(test::Options),
    /// Act on the page at random, in every installed browser
    Actions(actions::Options),
    /// Measure times and sizes, also of peers in JavaScript, TensorFlow.js, JAX and NumPy
    Bench(bench::Options),
    /// Draw the picture of a link to the page, and the icons, in www/ (needs Chromium)
    Card,
    /// Judge every claim by runs of our own, and write www/claims.json
    Claims(claims::Options),
    /// Count the lines of src/ that the native tests execute (needs cargo-llvm-cov)
    Coverage,
    /// Run random scenarios with every exhibit
    Fuzz(fuzz::Options),
    /// Count the changes of the engine that no test notices (needs cargo-mutants)
    Mutants(mutants::Options),
    /// Play pages for 200 000 frames each and check that their memory stays constant
    Soak(soak::Options),
}

fn main() -> ExitCode {
    match coverage::compile().unwrap_or_else(|| run(&Arguments::parse().command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    match command {
        Command::Build => build::build(),
        Command::Serve(options) => serve::serve(options),
        Command::Standalone => standalone::standalone(),
        Command::Package => package::package(),
        Command::Release(options) => release::release(options),
        Command::Test(options) => test::test(options),
        Command::Actions(options) => actions::actions(options),
        Command::Bench(options) => bench::bench(options),
        Command::Card => card::card(),
        Command::Claims(options) => claims::claims(options),
        Command::Coverage => coverage::coverage(),
        Command::Fuzz(options) => fuzz::fuzz(options),
        Command::Mutants(options) => mutants::mutants(options),
        Command::Soak(options) => soak::soak(options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn error(words: &[&str]) -> String {
        let words = ["xtask"].iter().chain(words);
        Arguments::try_parse_from(words).map_or_else(
            |error| error.to_string(),
            |parsed| panic!("{parsed:?} is accepted"),
        )
    }

    #[test]
    fn the_declarations_fit_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn documented_commands_are_accepted() {
        for words in [
            "serve --port 0 --no-open",
            "release --dry-run",
            "test --full --only browser",
            "test --long",
            "test --only soak",
            "actions --seed 2 --actions 1000",
            "bench --only size,frames",
            "claims --threads 2",
            "fuzz --minutes 0.5 --seed 3 --exhibit pinn",
            "mutants --sample 3/16",
            "soak --only page,grokking",
        ] {
            let words = ["xtask"].into_iter().chain(words.split(' '));
            assert!(
                Arguments::try_parse_from(words.clone()).is_ok(),
                "{words:?}"
            );
        }
    }

    #[test]
    fn misspelt_words_come_back_with_a_suggestion() {
        for (words, suggestion) in [
            (&["biuld"][..], "'build'"),
            (&["serve", "--prot", "80"], "'--port'"),
            (&["test", "--only", "clipy"], "'clippy'"),
            (&["test", "--only", "mutant"], "'mutants'"),
        ] {
            let message = error(words);
            assert!(message.contains(suggestion), "{words:?}: {message}");
        }
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        for words in [
            &["serve", "--port", "65536"][..],
            &["claims", "--threads", "0"],
            &["fuzz", "--minutes", "-1"],
            &["fuzz", "--minutes", "NaN"],
            &["actions", "--seed", "x"],
            &["test", "--full", "--long"],
        ] {
            assert!(error(words).starts_with("error: "), "{words:?}");
        }
    }
}
