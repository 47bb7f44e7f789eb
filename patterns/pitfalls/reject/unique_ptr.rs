//! A C++ object for another thread, and nobody has said that it may go there.

use pitfalls::after_shutdown::{Context, good_listen};

fn main() {
    let on_event = Box::new(|| ());
    let listener = good_listen(Box::new(Context { on_event }));
    std::thread::spawn(move || drop(listener)).join().unwrap();
}
