//! An exception that the bridge does not mention.

#[cxx::bridge(namespace = "no_result")]
mod ffi {
    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        /// Wrong: it throws.
        #[rust_name = "bad_port"]
        fn port(text: &str) -> u16;

        #[rust_name = "good_port"]
        fn port(text: &str) -> Result<u16>;
    }
}

pub fn bad() -> u16 {
    ffi::bad_port("http")
}

pub fn good() -> Result<u16, cxx::Exception> {
    ffi::good_port("http")
}
