//! A context that stays on one thread, where C++ answers on another. The bridge would take it: the
//! assertion is what refuses.

use futures::channel::oneshot;
use std::rc::Rc;

pub struct LabelledContext {
    pub sender: oneshot::Sender<Vec<u8>>,
    pub label: Rc<str>,
}

const _: () = oneshot::crosses_threads::<LabelledContext>();

fn main() {}
