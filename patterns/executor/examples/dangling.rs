use executor as _; // the library, which C++ calls

#[cxx::bridge(namespace = "executor")]
mod ffi {
    unsafe extern "C++" {
        include!("executor.h");

        fn dangling() -> Result<()>;
    }
}

fn main() -> Result<(), cxx::Exception> {
    ffi::dangling()
}
