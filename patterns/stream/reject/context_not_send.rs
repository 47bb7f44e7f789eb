//! A context that shares a counter with its own thread alone may not go to C++'s.

use std::cell::Cell;
use std::rc::Rc;

#[expect(dead_code, reason = "only its type matters")]
struct StreamContext {
    lines: Rc<Cell<usize>>,
}

const _: () = stream::assert_send::<StreamContext>();

fn main() {}
