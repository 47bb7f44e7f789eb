//! libcurl alone, on the thread that asks: what no client over it can be faster than.

use curl::easy::{Easy2, Handler, WriteError};
use curl::multi::{Easy2Handle, Multi};
use std::error::Error;
use std::time::{Duration, Instant};

#[derive(Default)]
struct Body(usize);

impl Handler for Body {
    fn write(&mut self, data: &[u8]) -> Result<usize, WriteError> {
        self.0 += data.len();
        Ok(data.len())
    }
}

/// Gets the URL `count` times, so many at a time. The bytes of all bodies, and seconds.
pub fn run(url: &str, count: usize, at_a_time: usize) -> Result<(usize, f64), Box<dyn Error>> {
    let multi = Multi::new();
    // With what the chapter's client asks for.
    let start = |slot: usize| -> Result<Easy2Handle<Body>, Box<dyn Error>> {
        let mut easy = Easy2::new(Body::default());
        easy.url(url)?;
        easy.proxy("")?;
        easy.accept_encoding("gzip")?;
        easy.connect_timeout(Duration::from_secs(10))?;
        easy.timeout(Duration::from_secs(60))?;
        easy.buffer_size(128 << 10)?;
        let mut handle = multi.add2(easy)?;
        handle.set_token(slot)?;
        Ok(handle)
    };
    let started = Instant::now();
    let mut begun = at_a_time.min(count);
    let mut slots: Vec<_> = (0..begun).map(start).collect::<Result<_, _>>()?;
    let (mut ended, mut bytes) = (0, 0);
    while ended < count {
        multi.perform()?;
        let mut over = Vec::new();
        multi.messages(|message| over.push((message.token(), message.result())));
        for (slot, result) in over {
            result.ok_or("a message without a result")??;
            let slot = slot?;
            ended += 1;
            bytes += slots[slot].get_ref().0;
            if begun < count {
                begun += 1;
                let next = start(slot)?;
                multi.remove2(std::mem::replace(&mut slots[slot], next))?;
            }
        }
        if ended < count {
            multi.wait(&mut [], Duration::from_secs(1))?;
        }
    }
    Ok((bytes, started.elapsed().as_secs_f64()))
}
