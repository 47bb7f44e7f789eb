use native_async::ffi::greeting;

fn main() {
    smol::block_on(async {
        println!("{}", greeting(1).await.unwrap());
        println!("{}", greeting(2).await.unwrap_err());
    });
}
