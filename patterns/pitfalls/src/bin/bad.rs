//! Each pitfall, to watch it fail: `cargo run --bin bad -- called_twice`.

use pitfalls::*;
use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("blocked") => println!("{}", blocked::bad()),
        Some("dropped_sender") => println!("{:?}", dropped_sender::bad()),
        Some("by_reference") => println!("{}", by_reference::bad()),
        Some("called_twice") => println!("{:?}", called_twice::bad()),
        Some("leaked") => println!("{:?}", leaked::bad()),
        Some("no_result") => println!("{}", no_result::bad()),
        Some("panics") => println!("{}", panics::bad()),
        Some("not_send") => println!("{}", not_send::bad()),
        Some("not_utf8") => println!("{}", not_utf8::bad()),
        Some("kept_str") => println!("{}", kept_str::bad()),
        Some("nested_block_on") => println!("{}", nested_block_on::bad()),
        Some("no_runtime") => println!("{:?}", no_runtime::bad()),
        Some("self_wake") => println!("{} polls", self_wake::bad()),
        Some("after_shutdown") => println!("{}", after_shutdown::bad()),
        other => eprintln!("no such pitfall: {other:?}"),
    }
    // What is wrong and ends has gone wrong all the same.
    ExitCode::FAILURE
}
