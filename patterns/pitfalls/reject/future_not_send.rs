//! A future that holds a C++ object while it waits, for a runtime that may move it to another thread.

use pitfalls::after_shutdown::{Context, good_listen};

fn main() {
    tokio::spawn(async {
        let on_event = Box::new(|| ());
        let listener = good_listen(Box::new(Context { on_event }));
        tokio::task::yield_now().await;
        drop(listener);
    });
}
