//! `cargo xtask <command>`: reads the arguments and calls the command's module.

#![allow(clippy::print_stderr, reason = "a command line tool speaks through it")]

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::build::Profile;
use xtask::workspace::Workspace;
use xtask::{bench, build, check, fuzz, map, packs, reference, serve, soak, test};

/// Tidemark's developer commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into dist/
    Build {
        /// Without optimisation, for quick turns
        #[arg(long)]
        dev: bool,
    },
    /// Build the site and serve it on this computer
    Serve {
        /// Port on 127.0.0.1
        #[arg(long, default_value_t = serve::DEFAULT_PORT)]
        port: u16,
        /// Without optimisation, for quick turns
        #[arg(long)]
        dev: bool,
    },
    /// Run every test, browser journeys included, and print one summary
    Test,
    /// Formatting, lints, documentation, arrows between rooms, headers, sizes
    Check,
    /// Measure speed and size, print a table and write BENCH.md
    Bench {
        /// One part alone, printed; BENCH.md stays as it is
        #[arg(long)]
        only: Option<bench::Part>,
    },
    /// Drag sliders for a while and see whether memory stays flat
    Soak {
        /// How long
        #[arg(long, default_value_t = 30)]
        minutes: u32,
    },
    /// Try to break the model reader and the equation parser (nightly toolchain; finds end it)
    Fuzz {
        /// Seconds for each target
        #[arg(long, default_value_t = 600)]
        seconds: u64,
    },
    /// Draw the sectors of each pack's model beside it
    Map,
    /// Write each pack's baseline into the reference paths of its model
    Reference {
        /// Only compare, and fail where they differ
        #[arg(long)]
        check: bool,
    },
    /// Compile every pack into a folder (for Trunk's hook)
    Packs {
        /// Folder that receives packs/; Trunk names it in TRUNK_STAGING_DIR
        #[arg(env = "TRUNK_STAGING_DIR")]
        folder: std::path::PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        // Said already, and the last line is a summary's.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // The chain of causes on one line; a backtrace would bury it.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command; whether it found all well.
fn run(command: Command) -> Result<bool> {
    let workspace = Workspace::find()?;
    match command {
        Command::Test => return Ok(test::test(&workspace)),
        Command::Build { dev } => build::build(&workspace, Profile::of(dev)).map(|_| ()),
        Command::Serve { port, dev } => serve::serve(&workspace, Profile::of(dev), port),
        Command::Check => check::check(&workspace),
        Command::Bench { only: None } => bench::bench(&workspace),
        Command::Bench { only: Some(part) } => bench::only(&workspace, part),
        Command::Soak { minutes } => soak::soak(&workspace, minutes),
        Command::Fuzz { seconds } => fuzz::fuzz(&workspace, seconds),
        Command::Map => map::write(&workspace),
        Command::Reference { check: true } => reference::check(&workspace),
        Command::Reference { check: false } => reference::rewrite(&workspace),
        Command::Packs { folder } => packs::write(&workspace, &folder),
    }?;
    Ok(true)
}
