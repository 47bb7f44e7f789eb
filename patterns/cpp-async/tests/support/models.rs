//! All models, as values of one type.

use cpp_async::{
    FetchError, fetch_data_callback, fetch_data_coroutine, fetch_data_future, fetch_data_kj,
    fetch_data_promise,
};
use futures::future::{BoxFuture, FutureExt};

pub type Fetched = Result<Vec<u8>, FetchError>;
pub type Model = for<'a> fn(&'a str) -> BoxFuture<'a, Fetched>;

pub const CALLBACK: Model = |url| fetch_data_callback(url).boxed();
pub const FUTURE: Model = |url| fetch_data_future(url).boxed();
pub const COROUTINE: Model = |url| fetch_data_coroutine(url).boxed();
pub const PROMISE: Model = |url| fetch_data_promise(url).boxed();
pub const KJ: Model = |url| fetch_data_kj(url).boxed();

#[allow(dead_code)] // not every test needs all of them
pub const ALL: [Model; 5] = [CALLBACK, FUTURE, COROUTINE, PROMISE, KJ];
