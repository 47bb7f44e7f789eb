//! The C++ of bridges, for CMake and others.

use cxx_await_build::{CfgSet, generate};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

const USAGE: &str = "\
Generates the C++ of the #[cxx_await::bridge]s in a Rust file.

usage: cxx-await <file.rs> --out <folder> [--name <name>] [--cfg <cfg>]...

  --out <folder>   where the files go, and from where C++ includes them
  --name <name>    what the file is called in #include: client/src/lib.rs for \"client/src/lib.rs.h\";
                   otherwise the path that is given
  --cfg <cfg>      as rustc's: feature=\"tls\", unix

It writes <name>.h, <name>.cc (to be compiled with C++20), <name>.await.h, rust/cxx.h and cxx_await.h, and leaves
files alone that are as they should be. The patch release of cxx in the Rust crate must be that of this command: ";

struct Options {
    file: PathBuf,
    out: PathBuf,
    name: String,
    cfgs: CfgSet,
}

fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Options, String> {
    let mut arguments = arguments.into_iter();
    let (mut file, mut out, mut name, mut cfgs) = (None, None, None, CfgSet::default());
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
        match &*argument {
            "--out" => out = Some(PathBuf::from(value()?)),
            "--name" => name = Some(value()?),
            "--cfg" => cfgs.add(&value()?),
            _ if argument.starts_with('-') => return Err(format!("unknown option {argument}")),
            _ if file.is_some() => return Err(format!("one file at a time: {argument}")),
            _ => file = Some(PathBuf::from(&argument)),
        }
    }
    let file = file.ok_or("which file?")?;
    let name = name.unwrap_or_else(|| file.display().to_string());
    Ok(Options {
        file,
        out: out.ok_or("--out is missing")?,
        name,
        cfgs,
    })
}

fn run(options: &Options) -> Result<(), String> {
    let with_path =
        |path: &Path, error: std::io::Error| format!("error: {}: {error}", path.display());
    let source =
        fs::read_to_string(&options.file).map_err(|error| with_path(&options.file, error))?;
    for file in generate(&source, &options.name, &options.cfgs)? {
        let path = options.out.join(file.path);
        if fs::read_to_string(&path).is_ok_and(|old| old == file.text) {
            continue;
        }
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, file.text));
        written.map_err(|error| with_path(&path, error))?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let options = match parse(env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}{}", cxx_await_build::CXX_VERSION);
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
