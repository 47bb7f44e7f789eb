use futures::executor::block_on;
use std::{error::Error, time::Duration};
use tokio::{runtime::Runtime, task::JoinHandle, time::sleep};

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type RuntimeHandle;
        type Task;
        fn create_runtime() -> Result<Box<RuntimeHandle>>;
        fn spawn_task(runtime: &RuntimeHandle, url: &str) -> Box<Task>;
        fn poll_task(task: &Task) -> bool;
        fn wait_task(task: Box<Task>) -> Result<Vec<u8>>;
    }
    unsafe extern "C++" {
        include!("executor-small/include/program.h");
        fn cpp_main() -> Result<()>;
    }
}

struct RuntimeHandle(Runtime);
struct Task(JoinHandle<Result<Vec<u8>, String>>);

async fn fetch_data(url: String) -> Result<Vec<u8>, String> {
    sleep(Duration::from_millis(100)).await;
    match url.starts_with("https://") {
        true => Ok(format!("the bytes of {url}").into_bytes()),
        false => Err(format!("not an https:// URL: {url}")),
    }
}

fn create_runtime() -> Result<Box<RuntimeHandle>, std::io::Error> {
    Ok(Box::new(RuntimeHandle(Runtime::new()?)))
}

fn spawn_task(runtime: &RuntimeHandle, url: &str) -> Box<Task> {
    Box::new(Task(runtime.0.spawn(fetch_data(url.to_owned()))))
}

fn poll_task(task: &Task) -> bool {
    task.0.is_finished()
}
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn wait_task(task: Box<Task>) -> Result<Vec<u8>, Box<dyn Error>> {
    Ok(block_on(task.0)??)
}

fn main() -> Result<(), cxx::Exception> {
    ffi::cpp_main()
}
