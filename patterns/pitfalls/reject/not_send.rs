//! The line that the bad context lacks.

use pitfalls::not_send::{BadContext, assert_send};

const _: () = assert_send::<BadContext>();

fn main() {}
