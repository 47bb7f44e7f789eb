//! What cxx makes of lowered bridges.

use crate::{CfgSet, headers, lowered, report};
use cxx_gen::{CfgEvaluator, CfgResult, Opt};
use std::path::PathBuf;

impl CfgEvaluator for CfgSet {
    fn eval(&self, name: &str, value: Option<&str>) -> CfgResult {
        match self.has(name, value) {
            true => CfgResult::True,
            false => CfgResult::False,
        }
    }
}

fn options(cfgs: &CfgSet) -> Opt {
    let mut options = Opt::default();
    options.cfg_evaluator = Box::new(cfgs.clone());
    options
}

/// Whether cxx refuses the file. Its macro will say why.
pub fn refused(lowered: &str, cfgs: &CfgSet) -> bool {
    match lowered.parse() {
        Ok(tokens) => cxx_gen::generate_header_and_cc(tokens, &options(cfgs)).is_err(),
        Err(_) => true,
    }
}

/// A file to be written, by its path below the folder that C++ includes from.
#[derive(Debug)]
pub struct Generated {
    /// As it is included.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// All files that C++ needs of the bridges in `source`, a Rust file that is called `name`, as in `client/src/lib.rs`: its
/// header `name.h` and its code `name.cc`, those that these include, and those of cxx and cxx-await.
///
/// # Errors
/// What is wrong with a bridge, with its line and the line's text.
pub fn generate(source: &str, name: &str, cfgs: &CfgSet) -> Result<Vec<Generated>, String> {
    let shims = format!("{name}.await.h");
    let lowered = lowered::lower(source, &shims, cfgs)
        .map_err(|errors| report::of_syn(&errors, source, name))?;
    let tokens = lowered
        .source
        .parse()
        .map_err(|error| format!("{name}: {error}"))?;
    let code = cxx_gen::generate_header_and_cc(tokens, &options(cfgs))
        .map_err(|error| report::of_cxx(&error, source, name))?;
    let text =
        |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|error| format!("{name}: {error}"));
    let mut files = vec![
        (shims.clone(), lowered.shims()),
        (format!("{name}.h"), lowered.header(&text(code.header)?)),
        (format!("{name}.cc"), text(code.implementation)?),
        ("rust/cxx.h".to_owned(), cxx_gen::HEADER.to_owned()),
    ];
    files.extend(
        headers::ALL
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned())),
    );
    Ok(files
        .into_iter()
        .map(|(path, text)| Generated {
            path: path.into(),
            text,
        })
        .collect())
}
