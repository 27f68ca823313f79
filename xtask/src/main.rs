//! The command line: `cargo xtask help` lists what it does.

use anyhow::{Result, bail};
use std::process::ExitCode;
use xtask::{
    actions, bench, build, claims, coverage, fuzz, mutants, package, serve, soak, standalone, test,
};

const HELP: &str = "\
cargo xtask build                      the page, as a static site in dist/
cargo xtask serve [--port N] [--no-open]
                                       builds it, serves it on this machine, opens the browser
cargo xtask standalone                 builds it, and of it one file that opens without a server
cargo xtask package                    builds it, and packages for npm and Python in target/package/ (needs npm)
cargo xtask test [--full|--long] [--only STAGE]
                                       every check of a change; --full: every claim in every browser
                                       that it concerns; --long: what takes hours as well
cargo xtask actions [--seed N] [--actions N]
                                       random actions on the page, in every browser that is here
cargo xtask bench [--only SECTION,...] times and sizes, beside peers in JavaScript and TensorFlow.js;
                                       sections: start, size, interaction, frames, slow,
                                       compute, operators, grokking, growth, native
cargo xtask claims [--threads N]       how our runs judge every claim, into www/claims.json
cargo xtask coverage                   how many lines of src/ the native tests run through
cargo xtask fuzz [--minutes N] [--seed N] [--exhibit NAME]
                                       random scenarios with every exhibit, for as long as one likes
cargo xtask mutants [--sample K/N]     whether tests notice a changed engine: every N-th change from the K-th
cargo xtask soak [--only SETTING,...]  200 000 frames of pages, and whether their memory grows
cargo xtask help                       this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match coverage::compile().unwrap_or_else(|| run(&words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["build"] => build::build(),
        ["serve", options @ ..] => serve::serve(&serve_options(options)?),
        ["test", options @ ..] => {
            let (level, only) = test_options(options)?;
            test::test(level, only)
        }
        ["standalone"] => standalone::standalone(),
        ["package"] => package::package(),
        ["actions", options @ ..] => actions::actions(options),
        ["bench"] => bench::bench(None),
        ["bench", "--only", sections] => bench::bench(Some(sections)),
        ["claims"] => claims::claims(None),
        ["claims", "--threads", number] => claims::claims(Some(threads(number)?)),
        ["coverage"] => coverage::coverage(),
        ["fuzz", options @ ..] => fuzz::fuzz(options),
        ["mutants"] => mutants::mutants(None),
        ["mutants", "--sample", sample] => mutants::mutants(Some(sample)),
        ["soak"] => soak::soak(None),
        ["soak", "--only", settings] => soak::soak(Some(settings)),
        ["help" | "--help" | "-h"] => {
            print!("{HELP}\nStages of the test:\n{}", test::stages());
            Ok(())
        }
        [] => bail!("say what to do:\n\n{HELP}"),
        _ => bail!(
            "\u{201c}{}\u{201d} is not a command here:\n\n{HELP}",
            words.join(" ")
        ),
    }
}

fn test_options<'a>(words: &[&'a str]) -> Result<(test::Level, Option<&'a str>)> {
    let (level, rest) = match words {
        ["--full", rest @ ..] => (test::Level::Full, rest),
        ["--long", rest @ ..] => (test::Level::Long, rest),
        rest => (test::Level::Fast, rest),
    };
    match rest {
        [] => Ok((level, None)),
        ["--only", stage] => Ok((level, Some(stage))),
        _ => bail!(
            "test takes --full or --long, then --only STAGE, not \u{201c}{}\u{201d}",
            words.join(" ")
        ),
    }
}

fn threads(number: &str) -> Result<usize> {
    number
        .parse()
        .map_err(|_| anyhow::anyhow!("--threads: \u{201c}{number}\u{201d} is not a whole number"))
}

fn serve_options(words: &[&str]) -> Result<serve::Options> {
    let mut options = serve::Options::default();
    let mut rest = words;
    loop {
        rest = match rest {
            [] => return Ok(options),
            ["--no-open", rest @ ..] => {
                options.open = false;
                rest
            }
            ["--port", number, rest @ ..] => {
                options.port = Some(number.parse().map_err(|_| {
                    anyhow::anyhow!(
                        "--port: \u{201c}{number}\u{201d} is not a whole number from 0 to 65535"
                    )
                })?);
                rest
            }
            [other, ..] => bail!("serve takes --port N and --no-open, not \u{201c}{other}\u{201d}"),
        };
    }
}
