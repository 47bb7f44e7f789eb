//! What is thrown, returned and panicked, both ways.

#[cxx_await::bridge(namespace = "errors")]
pub mod ffi {
    #[derive(Clone, Debug, PartialEq)]
    struct Status {
        code: i32,
        message: String,
    }

    unsafe extern "C++" {
        include!("cxx-await-tests/include/errors.h");

        async fn throws(what: &str) -> Result<u32>;
        /// Throws before there is a coroutine.
        async fn throws_at_once(what: &str) -> Result<u32, Status>;
        /// Throws a `Status` below zero, and something else at zero.
        async fn positive(n: i32) -> Result<i32, Status>;
        async fn positive_or_nothing(n: i32) -> Result<(), Status>;
        /// Ends the process when it throws.
        async fn may_not_throw(throws: bool) -> u32;
        /// What `strict` and `strict_nothing` have thrown.
        async fn caught(n: i32) -> String;
        /// What `fails` has thrown, and `panics`.
        async fn caught_message(what: &str) -> String;
        async fn awaited_twice() -> Result<u32>;
        fn frames() -> u64;
    }

    extern "Rust" {
        async fn strict(n: i32) -> Result<i32, Status>;
        async fn strict_nothing(n: i32) -> Result<(), Status>;
        async fn fails(what: &str) -> Result<u32>;
        async fn panics(what: &str) -> u32;
        async fn once() -> u32;
    }
}

impl From<cxx::Exception> for ffi::Status {
    fn from(thrown: cxx::Exception) -> Self {
        ffi::Status {
            code: 0,
            message: thrown.what().to_owned(),
        }
    }
}

async fn strict(n: i32) -> Result<i32, ffi::Status> {
    match n {
        0.. => Ok(n),
        code => Err(ffi::Status {
            code,
            message: "negative".into(),
        }),
    }
}

async fn strict_nothing(n: i32) -> Result<(), ffi::Status> {
    strict(n).await.map(drop)
}

async fn fails(what: &str) -> Result<u32, std::io::Error> {
    if what.is_empty() {
        Ok(1)
    } else {
        Err(std::io::Error::other(what.to_owned()))
    }
}

struct PanicsInDrop;

impl Drop for PanicsInDrop {
    fn drop(&mut self) {
        panic!("in drop");
    }
}

async fn panics(what: &str) -> u32 {
    match what {
        "str" => panic!("at the disco"),
        "string" => panic!("at the {what}"),
        "value" => std::panic::panic_any(7),
        "payload" => std::panic::panic_any(PanicsInDrop),
        // Ready, and then the future panics as it is let go.
        "drop" => {
            let _panics = PanicsInDrop;
            1
        }
        _ => {
            let _panics = PanicsInDrop;
            std::future::pending().await
        }
    }
}

async fn once() -> u32 {
    1
}
