//! The C++ headers, by the path that they are included by.

macro_rules! headers {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../include/", $name)))),*]
    };
}

pub const ALL: &[(&str, &str)] = headers![
    "cxx_await.h",
    "cxx_await/asio.h",
    "cxx_await/bridged.h",
    "cxx_await/channel.h",
    "cxx_await/generator.h",
    "cxx_await/local.h",
    "cxx_await/operation.h",
    "cxx_await/promise.h",
    "cxx_await/rust_future.h",
    "cxx_await/spawn.h",
    "cxx_await/task.h",
    "cxx_await/when.h",
];
