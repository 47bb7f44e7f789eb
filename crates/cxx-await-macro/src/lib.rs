//! The attribute macro of [cxx-await](https://docs.rs/cxx-await), which exports it.

use proc_macro::TokenStream;

/// A `#[cxx::bridge]` whose functions may be `async`, or return `impl Stream<Item = …>`.
///
/// It takes what `cxx::bridge` takes (`namespace = "…"`), and its module becomes one that holds all that cxx makes of it
/// and, for each async function of C++, a function that returns a future or a stream. An async function of Rust
/// stands beside the module, as one that cxx calls does.
///
/// What it refuses, it refuses at the token of the bridge that is wrong.
#[proc_macro_attribute]
pub fn bridge(arguments: TokenStream, module: TokenStream) -> TokenStream {
    cxx_await_lower::expand(arguments.into(), module.into())
        .unwrap_or_else(|errors| errors.to_compile_error())
        .into()
}
