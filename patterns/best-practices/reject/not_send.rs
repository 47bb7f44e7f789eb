//! A context that must stay on its thread. The bridge would take it, and C++ would answer elsewhere.

use futures::channel::oneshot::Sender;
use std::rc::Rc;

pub struct LabelledContext {
    pub sender: Sender<Vec<u8>>,
    pub label: Rc<str>,
}

const _: () = best_practices::assert_send::<LabelledContext>();

fn main() {}
