//! The line that the bad context lacks.

use pitfalls::not_send::{BadContext, crosses_threads};

const _: () = crosses_threads::<BadContext>();

fn main() {}
