//! Methods, and arguments that are borrowed for as long as the future lives.

#[cxx_await::bridge(namespace = "objects")]
pub mod ffi {
    unsafe extern "C++" {
        include!("cxx-await-tests/include/objects.h");

        type Account;
        fn new_account(balance: i64) -> UniquePtr<Account>;
        fn balance(self: &Account) -> i64;

        /// Adds, slowly.
        ///
        /// # Safety
        /// The account outlives the coroutine, and nobody else uses it.
        async unsafe fn deposit(self: Pin<&mut Account>, amount: i64) -> Result<i64>;
        #[cxx_name = "awaitBalance"]
        async unsafe fn await_balance<'a>(self: &'a Account) -> i64;
        /// In C++ the only type of this block has it.
        unsafe fn statements(&self, count: u32) -> impl Stream<Item = i64>;
    }

    unsafe extern "C++" {
        /// # Safety
        /// What it borrows outlives the coroutine.
        async unsafe fn length_of_all<'a>(
            first: &'a str,
            second: &[u32],
            account: &'a Account,
        ) -> usize;
        async unsafe fn through_pointer(value: *const u32) -> u32;

        async fn ask_store() -> Result<String>;
        async fn ask_store_for_all() -> String;
        async fn borrow_from_rust() -> u32;
    }

    extern "Rust" {
        type Store;
        fn new_store() -> Box<Store>;
        async unsafe fn get(self: &Store, key: &str) -> Result<String>;
        async unsafe fn put<'a>(self: &'a mut Store, key: &'a str, value: String) -> u32;
        unsafe fn keys<'a>(self: &'a Store) -> impl Stream<Item = String>;
        async unsafe fn sum_of<'a>(numbers: &'a [u32]) -> u32;
    }
}

// SAFETY: an account has one user at a time.
unsafe impl Send for ffi::Account {}
// SAFETY: as above.
unsafe impl Sync for ffi::Account {}

pub struct Store(Vec<(String, String)>);

fn new_store() -> Box<Store> {
    Box::new(Store(Vec::new()))
}

impl Store {
    async fn get(&self, key: &str) -> Result<String, String> {
        crate::wait_for_thread().await;
        let found = self.0.iter().find(|(name, _)| name == key);
        found
            .map(|(_, value)| value.clone())
            .ok_or(format!("no {key}"))
    }

    async fn put(&mut self, key: &str, value: String) -> u32 {
        crate::wait_for_thread().await;
        self.0.push((key.to_owned(), value));
        u32::try_from(self.0.len()).unwrap()
    }

    fn keys(&self) -> impl futures::Stream<Item = String> {
        futures::stream::iter(self.0.iter().map(|(name, _)| name.clone()))
    }
}

async fn sum_of(numbers: &[u32]) -> u32 {
    crate::wait_for_thread().await;
    numbers.iter().sum()
}
