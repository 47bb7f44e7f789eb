//! C++ that waits by itself, fails with an error of its own, and can be stopped.

#[cxx_await::bridge(namespace = "native_async")]
pub mod ffi {
    /// Thrown by C++ as it is.
    #[derive(Debug, PartialEq, Eq)]
    struct FetchError {
        code: u16,
        message: String,
    }

    unsafe extern "C++" {
        include!("native-async/include/fetch.h");

        /// The text of a `data:,` URL, after some time.
        async fn fetch_data(url: &str, millis: u32) -> Result<String, FetchError>;
        /// The texts of two URLs, fetched at once.
        async fn fetch_both(one: &str, other: &str) -> Result<Vec<String>>;
        /// Waits an hour at most: a longer time ends the process.
        async fn pause(millis: u32);
        /// How many fetches have begun and not ended.
        fn in_flight() -> usize;
    }
}

/// For any other exception.
impl From<cxx::Exception> for ffi::FetchError {
    fn from(thrown: cxx::Exception) -> Self {
        Self {
            code: 500,
            message: thrown.what().to_owned(),
        }
    }
}
