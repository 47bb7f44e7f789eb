use futures::{SinkExt, StreamExt, channel::mpsc, executor::block_on};

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type StreamContext;
    }
    unsafe extern "C++" {
        include!("stream-small/include/events.h");
        type Subscription;
        fn subscribe_events(
            send: fn(context: &mut StreamContext, event: &str) -> bool,
            context: Box<StreamContext>,
        ) -> Result<UniquePtr<Subscription>>;
    }
}

struct StreamContext(mpsc::Sender<String>);

fn handle_event(context: &mut StreamContext, event: &str) -> bool {
    block_on(context.0.feed(event.to_owned())).is_ok()
}

struct EventStream {
    events: mpsc::Receiver<String>, // dropped first: C++ may wait for room in it
    _subscription: cxx::UniquePtr<ffi::Subscription>,
}

fn event_stream() -> Result<EventStream, cxx::Exception> {
    let (sender, events) = mpsc::channel(64);
    Ok(EventStream {
        events,
        _subscription: ffi::subscribe_events(handle_event, Box::new(StreamContext(sender)))?,
    })
}

fn main() -> Result<(), cxx::Exception> {
    let mut stream = event_stream()?;
    for _ in 0..3 {
        println!("{:?}", block_on(stream.events.next()));
    }
    Ok(())
}
