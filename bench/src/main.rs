//! `patterns-bench await oneshot 1000`: runs one case and prints what it took, as JSON. A process for each case, so that
//! none runs among the threads and in the memory that another has left. Who compares them runs them in turn.

mod awaits;
mod events;
mod floor;
mod many;
mod measured;
mod pending;

use std::env::args;
use std::process::ExitCode;

const USAGE: &str =
    "patterns-bench await|pending <case> <in flight>, or patterns-bench events <case>";

fn main() -> ExitCode {
    let args: Vec<String> = args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let measured = match words[..] {
        ["await", case, count] => awaits::run(case, count.parse().expect(USAGE)),
        ["pending", case, count] => pending::run(case, count.parse().expect(USAGE)),
        ["events", case] => events::run(case),
        _ => None,
    };
    let Some(measured) = measured else {
        eprintln!("no such case: {words:?}\n{USAGE}");
        return ExitCode::from(2);
    };
    println!("{}", measured.json());
    ExitCode::SUCCESS
}
