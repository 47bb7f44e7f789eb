use executor as _; // the library, which C++ calls

#[cxx::bridge(namespace = "executor")]
mod ffi {
    unsafe extern "C++" {
        include!("executor.h");

        fn cpp_main() -> i32;
    }
}

fn main() {
    std::process::exit(ffi::cpp_main());
}
