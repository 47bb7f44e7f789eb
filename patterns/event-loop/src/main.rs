use event_loop as _; // the library, which C++ calls

#[cxx::bridge(namespace = "event_loop")]
mod ffi {
    unsafe extern "C++" {
        include!("event-loop/include/event_loop.h");

        fn cpp_main() -> Result<()>;
    }
}

fn main() -> Result<(), cxx::Exception> {
    ffi::cpp_main()
}
