//! The `tidemark` command for analysts and for checks: `run`, `check`, `rules`, `pack`, `docs`,
//! `calibrate`, `hindcast`, `sensitivity`, `reach`, `seek`, `outlook`.
//!
//! Exit codes: 0 ok, 1 the answer is no or faults were found, 2 wrong use. Answers go to the
//! standard output, everything said about faults to the standard error.

mod advice;
mod calibrate;
mod check;
mod docs;
mod drawn;
mod failure;
mod fitting;
mod folder;
mod hindcast;
mod outlook;
mod pack;
mod projected;
mod reach;
mod report;
mod rules;
mod run;
mod seek;
mod sensitivity;
mod short;
mod solution;
mod table;
mod target;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs system-dynamics models and checks policy packs.
#[derive(Debug, Parser)]
#[command(name = "tidemark", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a model once and print every variable as CSV: one run, no projected value
    Run(run::Arguments),
    /// Report the faults of a model or of a pack's folder
    Check(check::Arguments),
    /// Hold a scenario against the rules of its pack
    Rules(rules::Arguments),
    /// Check a pack's folder and compile it with its model into one file
    Pack(pack::Arguments),
    /// Write the technical reference of a pack and its model as one HTML page
    Docs(docs::Arguments),
    /// Fit a pack's parameters to its published figures and write posterior.csv
    Calibrate(calibrate::Arguments),
    /// Fit to the years before a hold-out, score on it, and say what passes
    Hindcast(hindcast::Arguments),
    /// Say what moves the headline targets, and which missing figure would tell most
    Sensitivity(sensitivity::Arguments),
    /// Say where each target of a pack stands under a scenario, and how sure that is
    Reach(reach::Arguments),
    /// Find lever settings that just reach some targets, or say which can be had and what stands in the way
    Seek(seek::Arguments),
    /// Say of every open target where it stands, what all levers could do, and what it would take
    Outlook(outlook::Arguments),
}

/// What the command found, where it could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// All is well.
    Yes,
    /// Faults were found; they have been reported.
    No,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let answer = match arguments.command {
        Command::Run(arguments) => run::run(&arguments, &mut out, &mut err),
        Command::Check(arguments) => check::check(&arguments, &mut out, &mut err),
        Command::Rules(arguments) => rules::rules(&arguments, &mut out, &mut err),
        Command::Pack(arguments) => pack::pack(&arguments, &mut out, &mut err),
        Command::Docs(arguments) => docs::docs(&arguments, &mut out, &mut err),
        Command::Calibrate(arguments) => calibrate::calibrate(&arguments, &mut out, &mut err),
        Command::Hindcast(arguments) => hindcast::hindcast(&arguments, &mut out, &mut err),
        Command::Sensitivity(arguments) => sensitivity::sensitivity(&arguments, &mut out, &mut err),
        Command::Reach(arguments) => reach::reach(&arguments, &mut out, &mut err),
        Command::Seek(arguments) => seek::seek(&arguments, &mut out, &mut err),
        Command::Outlook(arguments) => outlook::outlook(&arguments, &mut out, &mut err),
    };
    let answer = answer.and_then(|answer| {
        out.flush()?;
        Ok(answer)
    });
    match answer {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        // The reader has seen enough (`| head`): nothing went wrong.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody is left to tell when this fails too.
            let _ = writeln!(err, "error: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
