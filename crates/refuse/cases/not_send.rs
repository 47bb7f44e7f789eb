#[cxx_await::bridge]
mod ffi {
    extern "Rust" {
        type Shared;
    }
    unsafe extern "C++" {
        include!("x.h");
        type Client;
        async fn takes(shared: Box<Shared>);
        async fn gives() -> UniquePtr<Client>;
    }
}

struct Shared(std::rc::Rc<u8>);

fn main() {}
