use crate::HttpError;
use crate::exchange::{lock, wake};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::future::Future;
use std::io;
use std::net::ToSocketAddrs;
use std::pin::Pin;
use std::process;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

/// How many names of one client are looked up at a time. More of them wait, as long as they may.
const THREADS: usize = 32;
const KEPT: Duration = Duration::from_secs(60);

/// Looks names up on threads of its own: the system's resolver blocks, and nobody can stop it.
#[derive(Default)]
pub struct HttpResolver(Mutex<Names>);

#[derive(Default)]
struct Names {
    known: HashMap<String, (Instant, Vec<String>)>,
    /// Queued, or with a thread. However many exchanges wait for it, a name takes one thread.
    sought: HashSet<String>,
    queue: VecDeque<String>,
    threads: usize,
    /// Who waits, by the end of their time and a number.
    waiting: BTreeMap<(Instant, u64), Waiter>,
    last: u64,
    closed: bool,
}

struct Waiter {
    name: String,
    since: Instant,
    waker: Option<Waker>,
    found: Option<Found>,
}

type Found = Result<Vec<String>, HttpError>;

/// The addresses of a name, once they are known. Dropped, it waits no more.
pub struct Lookup {
    resolver: Arc<HttpResolver>,
    key: (Instant, u64),
    process: u32,
}

impl HttpResolver {
    pub fn known(&self, name: &str) -> Option<Vec<String>> {
        let names = lock(&self.0);
        let (since, addresses) = names.known.get(name)?;
        (since.elapsed() < KEPT).then(|| addresses.clone())
    }

    /// The worker's thread calls `wake_http_tasks`, and must be woken to hear of the new limit.
    pub fn look_up(self: &Arc<Self>, name: &str, end: Instant) -> Result<Lookup, HttpError> {
        let mut names = lock(&self.0);
        if names.closed {
            return Err(HttpError::Cancelled);
        }
        if names.sought.insert(name.to_owned()) {
            if names.threads < THREADS {
                let (resolver, first) = (self.clone(), name.to_owned());
                let thread = thread::Builder::new().name("resolver".to_owned());
                if let Err(error) = thread.spawn(move || resolver.run(first)) {
                    names.sought.remove(name);
                    return Err(HttpError::Resolve(format!("{name}: no thread: {error}")));
                }
                names.threads += 1;
            } else {
                names.queue.push_back(name.to_owned());
            }
        }
        names.last += 1;
        let key = (end, names.last);
        let waiter = Waiter {
            name: name.to_owned(),
            since: Instant::now(),
            waker: None,
            found: None,
        };
        names.waiting.insert(key, waiter);
        Ok(Lookup {
            resolver: self.clone(),
            key,
            process: process::id(),
        })
    }

    /// A thread's life: one name, then those that were queued meanwhile.
    fn run(&self, mut name: String) {
        loop {
            let found = addresses(&name);
            let found = found.map_err(|error| HttpError::Resolve(format!("{name}: {error}")));
            let mut names = lock(&self.0);
            names.sought.remove(&name);
            if let Ok(addresses) = &found {
                names.known.retain(|_, (since, _)| since.elapsed() < KEPT);
                let entry = (Instant::now(), addresses.clone());
                names.known.insert(name.clone(), entry);
            }
            let wakers = names.answer(|waiter| (waiter.name == name).then(|| found.clone()));
            let next = names.next();
            drop(names);
            wake(wakers);
            match next {
                Some(queued) => name = queued,
                None => return,
            }
        }
    }

    /// Ends what has waited too long; how long it is until that is to be done again.
    pub fn expire(&self) -> Duration {
        let now = Instant::now();
        let mut names = lock(&self.0);
        let mut wakers = Vec::new();
        for ((end, _), waiter) in &mut names.waiting {
            if *end > now {
                break;
            }
            if waiter.found.is_none() {
                let after = waiter.since.elapsed().as_millis();
                let text = format!("{} has no address after {after} ms", waiter.name);
                waiter.found = Some(Err(HttpError::Timeout(text)));
                wakers.extend(waiter.waker.take());
            }
        }
        let next = names.waiting.range((now, u64::MAX)..).next();
        let pause = next.map(|((end, _), _)| *end - now);
        drop(names);
        wake(wakers);
        pause.unwrap_or(Duration::MAX)
    }

    /// Cancels all waiters. The threads end when the system's resolver lets go of them.
    pub fn close(&self) {
        let mut names = lock(&self.0);
        names.closed = true;
        names.queue.clear();
        let wakers = names.answer(|_| Some(Err(HttpError::Cancelled)));
        drop(names);
        wake(wakers);
    }
}

impl Names {
    /// Gives answers to those who have none; whom to wake, without the lock.
    fn answer(&mut self, answer: impl Fn(&Waiter) -> Option<Found>) -> Vec<Waker> {
        let mut wakers = Vec::new();
        for waiter in self.waiting.values_mut().filter(|w| w.found.is_none()) {
            waiter.found = answer(waiter);
            if waiter.found.is_some() {
                wakers.extend(waiter.waker.take());
            }
        }
        wakers
    }

    /// The next name that somebody still waits for. None: the thread ends.
    fn next(&mut self) -> Option<String> {
        while let Some(name) = self.queue.pop_front() {
            if self
                .waiting
                .values()
                .any(|w| w.name == name && w.found.is_none())
            {
                return Some(name);
            }
            self.sought.remove(&name);
        }
        self.threads -= 1;
        None
    }
}

impl Future for Lookup {
    type Output = Found;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Found> {
        let waker = cx.waker().clone(); // not under the lock: it is the caller's code
        let mut names = lock(&self.resolver.0);
        let waiter = names.waiting.get_mut(&self.key);
        let waiter = waiter.expect("it waits until it is dropped");
        if let Some(found) = waiter.found.clone() {
            return Poll::Ready(found);
        }
        let old = waiter.waker.replace(waker);
        drop(names);
        drop(old);
        Poll::Pending
    }
}

impl Drop for Lookup {
    fn drop(&mut self) {
        if self.process != process::id() {
            return; // in a forked child, where the lock may be held for ever
        }
        let waiter = lock(&self.resolver.0).waiting.remove(&self.key);
        drop(waiter); // and its waker, without the lock
    }
}

fn addresses(name: &str) -> io::Result<Vec<String>> {
    let found = (name, 0).to_socket_addrs()?;
    Ok(found.map(|address| address.ip().to_string()).collect())
}
