use pitfalls::*;

fn main() {
    println!("blocked: {}", blocked::good());
    println!("dropped_sender: {:?}", dropped_sender::good());
    println!("by_reference: {}", by_reference::good());
    println!("called_twice: {:?}", called_twice::good());
    println!("leaked: {:?}", leaked::good());
    println!("no_result: {:?}", no_result::good());
    println!("panics: {:?}", panics::good());
    println!("not_send: {}", not_send::good());
    println!("not_utf8: {}", not_utf8::good());
    println!("kept_str: {}", kept_str::good());
    println!("nested_block_on: {}", nested_block_on::good());
    println!("no_runtime: {:?}", no_runtime::good());
    println!("self_wake: {} polls", self_wake::good());
    println!("after_shutdown: {}", after_shutdown::good());
}
