//! How long a bridge with 20 async functions takes to build, beside the same one by hand: a completion in a box, and a
//! coroutine of one's own. `cargo run --release -p cxx-await-bench --bin compile-time`; with `--gate` it fails above the
//! limit.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

const FUNCTIONS: usize = 20;
const RUNS: usize = 5;
const LIMIT: f64 = 2.0;

struct Package {
    name: &'static str,
    dependencies: &'static str,
    build: &'static str,
    rust: (&'static str, &'static str, &'static str),
    header: (&'static str, &'static str),
    cpp: (&'static str, &'static str),
}

const ASYNC: Package = Package {
    name: "with-await",
    dependencies: "cxx-await = { path = \"CRATES/cxx-await\" }\n[build-dependencies]\ncxx-await-build = { path = \"CRATES/cxx-await-build\" }\n",
    build: "fn main() {\n    cxx_await_build::bridge(\"src/lib.rs\").file(\"src/lib.cc\").compile(\"with-await\");\n}\n",
    rust: (
        "#[cxx_await::bridge(namespace = \"with_await\")]\npub mod ffi {\n    unsafe extern \"C++\" {\n        include!(\"with-await/src/lib.h\");\n",
        "        async fn fN(count: u32, text: &str) -> Result<String>;\n",
        "    }\n}\n",
    ),
    header: (
        "#pragma once\n#include \"cxx_await.h\"\n#include \"rust/cxx.h\"\n#include <string>\nnamespace with_await {\n",
        "cxx_await::Task<rust::String> fN(std::uint32_t count, std::string text);\n",
    ),
    cpp: (
        "#include \"with-await/src/lib.rs.h\"\nnamespace with_await {\n",
        "cxx_await::Task<rust::String> fN(std::uint32_t count, std::string text) {\n  co_await std::suspend_never();\n  co_return text + std::to_string(count);\n}\n",
    ),
};

const BY_HAND: Package = Package {
    name: "by-hand",
    dependencies: "futures = \"0.3.34\"\n[build-dependencies]\ncxx-build = \"1.0.205\"\n",
    build: "fn main() {\n    cxx_build::bridge(\"src/lib.rs\").file(\"src/lib.cc\").std(\"c++20\").flag_if_supported(\"-fcoroutines\").compile(\"by-hand\");\n}\n",
    rust: (
        "use futures::channel::oneshot;\n\n#[cxx::bridge(namespace = \"by_hand\")]\nmod ffi {\n    extern \"Rust\" {\n        type Completion;\n        fn complete(done: Box<Completion>, ok: bool, text: &CxxString);\n    }\n    unsafe extern \"C++\" {\n        include!(\"by-hand/src/lib.h\");\n",
        "        fn fN(count: u32, text: &str, done: Box<Completion>) -> Result<()>;\n",
        "    }\n}\n\npub struct Completion(oneshot::Sender<Result<String, String>>);\n\nfn complete(done: Box<Completion>, ok: bool, text: &cxx::CxxString) {\n    let text = text.to_string();\n    let _ = done.0.send(if ok { Ok(text) } else { Err(text) });\n}\n",
    ),
    header: (
        "#pragma once\n#include \"rust/cxx.h\"\n#include <string>\nnamespace by_hand {\nstruct Completion;\n",
        "void fN(std::uint32_t count, rust::Str text, rust::Box<Completion> done);\n",
    ),
    cpp: (
        "#include \"by-hand/src/lib.rs.h\"\n#include <coroutine>\nnamespace by_hand {\nstruct Task {\n  struct promise_type {\n    rust::Box<Completion> done;\n    promise_type(std::uint32_t, const std::string &, rust::Box<Completion> &given) : done(std::move(given)) {}\n    Task get_return_object() noexcept { return {}; }\n    std::suspend_never initial_suspend() noexcept { return {}; }\n    std::suspend_never final_suspend() noexcept { return {}; }\n    void return_value(const std::string &text) { complete(std::move(done), true, text); }\n    void unhandled_exception() try { throw; } catch (const std::exception &error) {\n      complete(std::move(done), false, error.what());\n    }\n  };\n};\n",
        "Task runN(std::uint32_t count, std::string text, rust::Box<Completion>) {\n  co_await std::suspend_never();\n  co_return text + std::to_string(count);\n}\nvoid fN(std::uint32_t count, rust::Str text, rust::Box<Completion> done) {\n  runN(count, std::string(text), std::move(done));\n}\n",
    ),
};

/// What Rust calls; the macro writes it in the other one.
const CALLED: &str = "\npub async fn fN(count: u32, text: &str) -> Result<String, String> {\n    let (sender, receiver) = oneshot::channel();\n    ffi::fN(count, text, Box::new(Completion(sender))).map_err(|thrown| thrown.what().to_owned())?;\n    receiver.await.map_err(|dropped| dropped.to_string())?\n}\n";

fn repeated(text: &str) -> String {
    (0..FUNCTIONS)
        .map(|number| {
            text.replace("fN", &format!("f{number}"))
                .replace("runN", &format!("run{number}"))
        })
        .collect()
}

impl Package {
    fn write(&self, folder: &Path, crates: &Path) -> String {
        let dependencies = self
            .dependencies
            .replace("CRATES", crates.to_str().unwrap());
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\ncxx = \"1.0.205\"\n{dependencies}",
            self.name
        );
        let called = if self.name == BY_HAND.name {
            repeated(CALLED)
        } else {
            String::new()
        };
        let (open, function, close) = self.rust;
        let rust = format!("{open}{}{close}{called}", repeated(function));
        let cpp = |(open, function): (&str, &str)| format!("{open}{}}}\n", repeated(function));
        fs::create_dir_all(folder.join("src")).unwrap();
        let lock = crates.parent().unwrap().join("Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join("build.rs"), self.build).unwrap();
        fs::write(folder.join("src/lib.h"), cpp(self.header)).unwrap();
        fs::write(folder.join("src/lib.cc"), cpp(self.cpp)).unwrap();
        rust
    }
}

/// Of all processes that this one has started and waited for, in seconds.
fn processor_time() -> f64 {
    // SAFETY: zero is a value of each of its fields.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: it writes the usage.
    assert_eq!(
        unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage) },
        0
    );
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 * 1e-6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Builds it after a change of the bridge's file, as an edit makes one.
fn build(folder: &Path, rust: &str, run: usize) -> f64 {
    fs::write(folder.join("src/lib.rs"), format!("{rust}// {run}\n")).unwrap();
    let before = processor_time();
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--offline", "--target-dir", "../target"])
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(built.success());
    processor_time() - before
}

fn main() -> ExitCode {
    let crates = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let crates = crates.parent().unwrap();
    let root = crates.parent().unwrap().join("target/long/compile-time");
    let packages = [BY_HAND, ASYNC].map(|package| {
        let folder = root.join(package.name);
        let rust = package.write(&folder, crates);
        build(&folder, &rust, RUNS);
        (folder, rust)
    });
    let mut pairs: Vec<[f64; 2]> = (0..RUNS)
        .map(|run| {
            packages
                .each_ref()
                .map(|(folder, rust)| build(folder, rust, run))
        })
        .collect();
    pairs.sort_by(|a, b| (a[1] / a[0]).total_cmp(&(b[1] / b[0])));
    let [by_hand, with_await] = pairs[RUNS / 2];
    let ratio = with_await / by_hand;
    println!(
        "{FUNCTIONS} async functions: {with_await:.2} s of processor time to build, {by_hand:.2} s by hand: {ratio:.2}, limit {LIMIT:.2}"
    );
    if env::args().any(|argument| argument == "--gate") && ratio > LIMIT {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
