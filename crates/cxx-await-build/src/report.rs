//! Errors of a bridge, for who has no rustc that tells them.

use std::fmt::Display;

pub fn of_syn(errors: &syn::Error, source: &str, name: &str) -> String {
    let all = errors.clone().into_iter().map(|error| {
        let (start, end) = (error.span().start(), error.span().end());
        let width = if start.line == end.line {
            end.column.saturating_sub(start.column)
        } else {
            1
        };
        at(&error, source, name, start.line, start.column, width)
    });
    all.collect::<Vec<_>>().join("\n")
}

pub fn of_cxx(error: &cxx_gen::Error, source: &str, name: &str) -> String {
    match error.span().map(|span| span.start()) {
        // Lines are those of the file, columns not always.
        Some(start) => at(error, source, name, start.line, 0, 0),
        None => format!("error: {error}\n --> {name}"),
    }
}

fn at(
    error: &impl Display,
    source: &str,
    name: &str,
    line: usize,
    column: usize,
    width: usize,
) -> String {
    let text = source
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let mark = if width == 0 {
        String::new()
    } else {
        format!("\n{margin} | {}{}", " ".repeat(column), "^".repeat(width))
    };
    format!(
        "error: {error}\n{margin}--> {name}:{line}:{}\n{margin} |\n{number} | {text}{mark}",
        column + 1
    )
}
