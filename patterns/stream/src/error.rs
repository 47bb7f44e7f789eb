use std::error::Error;
use std::fmt::{Display, Formatter, Result};
use std::str::Utf8Error;

/// An event that is not a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventError {
    /// The text of an exception that C++ threw while it read. The end comes next.
    Cpp(String),
    /// The bytes are not UTF-8. The lines after it still come.
    NotUtf8(Utf8Error),
    /// Code that the callback ran panicked. The end comes next.
    Panicked,
}

impl Display for EventError {
    fn fmt(&self, f: &mut Formatter) -> Result {
        match self {
            Self::Cpp(what) => write!(f, "C++ threw: {what}"),
            Self::NotUtf8(error) => write!(f, "not UTF-8: {error}"),
            Self::Panicked => write!(f, "the callback panicked"),
        }
    }
}

impl Error for EventError {}
