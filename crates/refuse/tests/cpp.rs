//! Mistakes of C++ are told by a sentence, by g++ and by clang.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

struct Case {
    /// The functions of the bridge, in `extern "C++"`.
    bridge: &'static str,
    /// What the reader's header declares, or defines.
    header: &'static str,
    /// What the compiler must say, in one of its lines each.
    says: &'static [&'static str],
}

const OWNED: &str = "takes its arguments by value";

const CASES: &[(&str, Case)] = &[
    (
        "the_right_one",
        Case {
            bridge: "async fn f(a: u32) -> u32;",
            header: "cxx_await::Task<std::uint32_t> f(std::uint32_t);",
            says: &[],
        },
    ),
    (
        "another_type",
        Case {
            bridge: "async fn f() -> u32;",
            header: "cxx_await::Task<std::uint64_t> f();",
            says: &["the C++ function gives its second", "Agree<unsigned int, "],
        },
    ),
    (
        "another_item",
        Case {
            bridge: "fn f() -> impl Stream<Item = u8>;",
            header: "cxx_await::Generator<std::int16_t> f();",
            says: &[
                "the C++ function gives its second",
                "Agree<unsigned char, short",
            ],
        },
    ),
    (
        "borrows_text",
        Case {
            bridge: "async fn f(a: &str);",
            header: "cxx_await::Task<> f(rust::Str);",
            says: &[OWNED],
        },
    ),
    (
        "borrows_view",
        Case {
            bridge: "async fn f(a: &str);",
            header: "cxx_await::Task<> f(std::string_view);",
            says: &[OWNED],
        },
    ),
    (
        "borrows_string",
        Case {
            bridge: "async fn f(a: String);",
            header: "cxx_await::Task<> f(const rust::String &);",
            says: &[OWNED],
        },
    ),
    (
        "borrows_slice",
        Case {
            bridge: "async fn f(a: &[u8]);",
            header: "cxx_await::Task<> f(rust::Slice<const std::uint8_t>);",
            says: &[OWNED],
        },
    ),
    (
        "no_coroutine",
        Case {
            bridge: "async fn f() -> u32;",
            header: "std::uint32_t f();",
            says: &["returns cxx_await::Task<T>"],
        },
    ),
    (
        "generator_for_future",
        Case {
            bridge: "async fn f() -> u32;",
            header: "cxx_await::Generator<std::uint32_t> f();",
            says: &["is no generator"],
        },
    ),
    (
        "task_for_stream",
        Case {
            bridge: "fn f() -> impl Stream<Item = u32>;",
            header: "cxx_await::Task<std::uint32_t> f();",
            says: &["is a cxx_await::Generator<T>"],
        },
    ),
    (
        "local_in_the_bridge_only",
        Case {
            bridge: "#[local] async fn f();",
            header: "cxx_await::Task<> f();",
            says: &["is a LocalTask or LocalGenerator"],
        },
    ),
    (
        "local_in_cpp_only",
        Case {
            bridge: "async fn f();",
            header: "cxx_await::LocalTask<> f();",
            says: &["is a LocalTask or LocalGenerator"],
        },
    ),
    (
        "local_awaited_elsewhere",
        Case {
            bridge: "async fn f();",
            header: "cxx_await::LocalTask<> g(); inline cxx_await::Task<> f() { co_await g(); }",
            says: &["a LocalTask stays on its thread"],
        },
    ),
    (
        "local_generator_read_elsewhere",
        Case {
            bridge: "async fn f();",
            header: "cxx_await::LocalGenerator<int> g(); inline cxx_await::Task<> f() { auto i = g(); co_await i.next(); }",
            says: &["a LocalGenerator stays on its thread"],
        },
    ),
    (
        "local_future_awaited_elsewhere",
        Case {
            bridge: "async fn f();",
            header: "cxx_await::RustFuture<void, cxx_await::OwnerThread> g(); inline cxx_await::Task<> f() { co_await g(); }",
            says: &["a #[local] future of Rust stays on its thread"],
        },
    ),
    (
        "rust_in_a_foreign_coroutine",
        Case {
            bridge: "async fn f();",
            header: "struct Other { struct promise_type { Other get_return_object(); std::suspend_never initial_suspend(); \
                     std::suspend_never final_suspend() noexcept; void return_void(); void unhandled_exception(); }; }; \
                     cxx_await::RustFuture<void> g(); inline Other h() { co_await g(); } cxx_await::Task<> f();",
            says: &["await cxx_await::on(executor, future)"],
        },
    ),
];

/// g++ before 13 alone.
const AGGREGATE: &str = "struct Item { std::string text; }; inline cxx_await::Generator<Item> g() { co_yield Item{\"a\"}; }";

fn compilers() -> Vec<(String, bool)> {
    let names = [
        "g++",
        "g++-13",
        "g++-14",
        "g++-15",
        "clang++",
        "clang++-15",
        "clang++-16",
        "clang++-17",
        "clang++-18",
        "clang++-19",
    ];
    let found = names.iter().filter_map(|name| {
        let version = Command::new(name).arg("-dumpversion").output().ok()?;
        let major: u32 = String::from_utf8(version.stdout)
            .ok()?
            .trim()
            .split('.')
            .next()?
            .parse()
            .ok()?;
        // Older ones know no coroutines.
        let clang = name.starts_with("clang");
        (major >= if clang { 15 } else { 12 }).then(|| ((*name).to_owned(), !clang && major < 13))
    });
    found.collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("refuse")
        .join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What the compiler says of a program of one bridge; empty when it compiles.
fn compile(compiler: &str, name: &str, bridge: &str, header: &str) -> String {
    let folder = folder(name);
    let source = format!(
        "#[cxx_await::bridge]\nmod ffi {{\nunsafe extern \"C++\" {{\ninclude!(\"reader.h\");\n{bridge}\n}}\n}}\n"
    );
    for file in cxx_await_build::generate(&source, "bridge.rs", &cxx_await_build::CfgSet::default())
        .unwrap()
    {
        let path = folder.join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
    fs::write(
        folder.join("reader.h"),
        format!("#pragma once\n#include \"cxx_await.h\"\n#include \"rust/cxx.h\"\n{header}\n"),
    )
    .unwrap();
    let output = Command::new(compiler)
        .args([
            "-std=c++20",
            "-fsyntax-only",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-I.",
        ])
        .arg("bridge.rs.cc")
        .current_dir(&folder)
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        output.status.success(),
        said.is_empty(),
        "{compiler}: {name}: {said}"
    );
    said
}

#[test]
fn a_mistake_of_cpp_is_told_by_a_sentence() {
    for (compiler, _) in compilers() {
        for (name, case) in CASES {
            let said = compile(&compiler, name, case.bridge, case.header);
            assert_eq!(
                said.is_empty(),
                case.says.is_empty(),
                "{compiler}: {name}: {said}"
            );
            for words in case.says {
                // g++ breaks no line, and clang breaks only what it shows of the source.
                assert!(
                    said.contains(words),
                    "{compiler}: {name}: no {words:?} in:\n{said}"
                );
            }
        }
    }
}

#[test]
fn gxx_12_refuses_to_yield_a_temporary_aggregate() {
    for (compiler, faulty) in compilers() {
        let said = compile(
            &compiler,
            "aggregate",
            "async fn f();",
            &format!("{AGGREGATE}\ncxx_await::Task<> f();"),
        );
        assert_eq!(
            said.contains("co_yield cxx_await::moved(item)"),
            faulty,
            "{compiler}: {said}"
        );
    }
}

/// No check of this library can see it: the README warns of it for as long as this test passes.
const COUNTS: &str = r#"
#include <coroutine>
int made = 0, freed = 0;
struct Counted {
  Counted() { ++made; }
  Counted(const Counted &) { ++made; }
  ~Counted() { ++freed; }
};
struct Event { Counted counted; };
struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> frame;
  ~Task() { frame.destroy(); }
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<>) { frame.resume(); return false; }
  void await_resume() {}
};
Task save(Event) { co_return; }
Task call() { co_await save(Event{Counted()}); }
int main() {
  { Task task = call(); task.frame.resume(); }
  return freed - made;
}
"#;

#[test]
fn gxx_12_destroys_a_temporary_aggregate_of_a_co_await_twice() {
    for (compiler, faulty) in compilers() {
        let folder = folder("counts");
        fs::write(folder.join("counts.cc"), COUNTS).unwrap();
        let mut build = Command::new(&compiler);
        build
            .args(["-std=c++20", "-o", "counts", "counts.cc"])
            .current_dir(&folder);
        assert!(build.status().unwrap().success(), "{compiler}");
        let destroyed_twice = Command::new(folder.join("counts")).status().unwrap().code();
        assert_eq!(destroyed_twice, Some(i32::from(faulty)), "{compiler}");
    }
}
