//! Builds the C++ of bridges of [cxx-await](https://docs.rs/cxx-await): [`bridge`] is for a build script what
//! `cxx_build::bridge` is for cxx's own bridges.
//!
//! ```no_run
//! // build.rs
//! cxx_await_build::bridge("src/lib.rs")
//!     .file("src/client.cc")
//!     .compile("client");
//!
//! println!("cargo:rerun-if-changed=src/client.cc");
//! println!("cargo:rerun-if-changed=include/client.h");
//! ```
//!
//! For CMake and others there is the command `cxx-await`, which this package installs.
#![warn(missing_docs)]

mod cfg;
mod generate;
mod headers;
mod lowered;
mod report;

pub use cfg::CfgSet;
pub use generate::{Generated, generate};

/// The release of cxx whose C++ [`generate`] makes.
pub const CXX_VERSION: &str = "1.0.205";

use lowered::Lowered;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

/// A [`cc::Build`] with the C++ of the bridge in this file, relative to the package; to it the package's own C++ is added.
///
/// C++ includes `package/src/lib.rs.h` for the bridge in `src/lib.rs`, as with cxx, and `cxx_await.h`.
///
/// # Errors
/// Those of a bridge are told by rustc, which knows where they are: the build script ends with success before them. What
/// cannot be read or written ends it with an error.
pub fn bridge(rust_file: impl AsRef<Path>) -> cc::Build {
    bridges([rust_file])
}

/// As [`bridge`], of the bridges in several files.
///
/// # Errors
/// As [`bridge`].
pub fn bridges(rust_files: impl IntoIterator<Item = impl AsRef<Path>>) -> cc::Build {
    let files: Vec<PathBuf> = rust_files
        .into_iter()
        .map(|file| file.as_ref().to_owned())
        .collect();
    prepare(&files).unwrap_or_else(|error| {
        eprintln!("cxx-await-build: {error}");
        process::exit(1);
    })
}

fn prepare(files: &[PathBuf]) -> io::Result<cc::Build> {
    let out = PathBuf::from(variable("OUT_DIR")?);
    let include = out.join("cxx-await/include");
    let lowered_dir = out.join("cxx-await/lowered");
    let package = variable("CARGO_PKG_NAME")?;
    let cfgs = CfgSet::from_cargo();
    let mut all = Vec::new();
    for file in files {
        let source = fs::read_to_string(file)
            .map_err(|error| io::Error::other(format!("{}: {error}", file.display())))?;
        let shims = format!("{package}/{}.await.h", file.display());
        // rustc will say it, at the exact place; and there is nothing to link until then.
        let Ok(lowered) = lowered::lower(&source, &shims, &cfgs) else {
            leave_to_rustc(files)
        };
        if generate::refused(&lowered.source, &cfgs) {
            leave_to_rustc(files);
        }
        write(&include.join(&shims), &lowered.shims())?;
        write(&lowered_dir.join(file), &lowered.source)?;
        all.push((file, lowered));
    }
    for (name, text) in headers::ALL {
        write(&include.join(name), text)?;
    }
    // The headers of a bridge include those.
    if env::var_os("CARGO_MANIFEST_LINKS").is_some() {
        let exported = Box::leak(include.clone().into_boxed_path());
        cxx_build::CFG.exported_header_dirs.push(exported);
    }
    // cxx names a header after the path that it is given. From here that is the path of the file itself.
    let package_dir = env::current_dir()?;
    env::set_current_dir(&lowered_dir)?;
    let mut build = cxx_build::bridges(files);
    env::set_current_dir(package_dir)?;
    for (file, lowered) in all {
        append(
            &out.join(format!("cxxbridge/include/{package}/{}.h", file.display())),
            &lowered,
        )?;
    }
    build.include(include).std("c++20");
    // Without it g++ makes a call of each transfer between coroutines below -O2, and a loop of awaits overflows the stack.
    build.flag_if_supported("-foptimize-sibling-calls");
    // clang before 17, and g++ 10.
    build.flag_if_supported("-fcoroutines");
    Ok(build)
}

fn leave_to_rustc(files: &[PathBuf]) -> ! {
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
    }
    process::exit(0)
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name)
        .map_err(|error| io::Error::other(format!("{name}: {error}: this is for build scripts")))
}

/// The async functions of Rust, at the end of the header that cxx has made.
fn append(header: &Path, lowered: &Lowered) -> io::Result<()> {
    if lowered.cpp_after.is_empty() {
        return Ok(());
    }
    let text = fs::read_to_string(header)?;
    fs::write(header, lowered.header(&text))
}

/// Leaves a file alone that has this text already, so that nothing is built again for it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
