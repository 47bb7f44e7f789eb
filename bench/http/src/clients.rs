//! The chapter's client and those beside it, each as its own documentation uses it.

use async_http_client::{HttpClient, HttpRequest, http_get, http_stream};
use futures::{AsyncReadExt, StreamExt};
use isahc::AsyncReadResponseExt;

/// Gets a URL; both ways answer how many bytes its body had.
pub trait Client {
    async fn whole(&self, url: &str) -> usize;
    async fn by_pieces(&self, url: &str) -> usize;
}

pub struct Ours(HttpClient);

impl Ours {
    pub fn new() -> Self {
        Self(HttpClient::new().expect("a client can be made"))
    }
}

impl Client for Ours {
    async fn whole(&self, url: &str) -> usize {
        let response = http_get(&self.0, url).await.expect("the server answers");
        assert_eq!(response.status, 200);
        response.body.len()
    }

    async fn by_pieces(&self, url: &str) -> usize {
        let mut request = HttpRequest::new("GET", url);
        request.max_body = usize::MAX;
        let mut response = http_stream(&self.0, request)
            .await
            .expect("the server answers");
        let mut bytes = 0;
        while let Some(piece) = response.body.next().await {
            bytes += piece.expect("the body is whole").len();
        }
        bytes
    }
}

pub struct Isahc(isahc::HttpClient);

impl Isahc {
    pub fn new() -> Self {
        Self(isahc::HttpClient::new().expect("a client can be made"))
    }
}

impl Client for Isahc {
    async fn whole(&self, url: &str) -> usize {
        let mut response = self.0.get_async(url).await.expect("the server answers");
        assert_eq!(response.status(), 200);
        response.bytes().await.expect("the body is whole").len()
    }

    async fn by_pieces(&self, url: &str) -> usize {
        let mut response = self.0.get_async(url).await.expect("the server answers");
        let (mut bytes, mut piece) = (0, vec![0; 256 << 10]);
        loop {
            match response
                .body_mut()
                .read(&mut piece)
                .await
                .expect("the body is whole")
            {
                0 => return bytes,
                count => bytes += count,
            }
        }
    }
}

pub struct Reqwest(reqwest::Client);

impl Reqwest {
    pub fn new() -> Self {
        Self(reqwest::Client::new())
    }
}

impl Client for Reqwest {
    async fn whole(&self, url: &str) -> usize {
        let response = self.0.get(url).send().await.expect("the server answers");
        assert_eq!(response.status(), 200);
        response.bytes().await.expect("the body is whole").len()
    }

    async fn by_pieces(&self, url: &str) -> usize {
        let mut response = self.0.get(url).send().await.expect("the server answers");
        let mut bytes = 0;
        while let Some(piece) = response.chunk().await.expect("the body is whole") {
            bytes += piece.len();
        }
        bytes
    }
}
