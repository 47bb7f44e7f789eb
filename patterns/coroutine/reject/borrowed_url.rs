//! A task that borrows the URL of the function that spawns it, which ends before the task does.

pub fn spawn_fetch(host: &str) {
    let url = format!("file:///srv/{host}/index.html");
    tokio::spawn(coroutine::fetch_data(&url));
}

fn main() {}
