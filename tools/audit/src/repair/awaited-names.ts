/** Where the crates of asynchronous Rust have the names that guides use without an import, by crate. */
const OF: Record<string, Record<string, string>> = {
  tokio: {
    ...{ join: 'tokio::join', try_join: 'tokio::try_join', select: 'tokio::select', pin: 'tokio::pin' },
    ...{
      spawn: 'tokio::spawn',
      spawn_blocking: 'tokio::task::spawn_blocking',
      JoinHandle: 'tokio::task::JoinHandle',
    },
    ...{ JoinSet: 'tokio::task::JoinSet', yield_now: 'tokio::task::yield_now', sleep: 'tokio::time::sleep' },
    ...{ timeout: 'tokio::time::timeout', interval: 'tokio::time::interval', mpsc: 'tokio::sync::mpsc' },
    ...{ oneshot: 'tokio::sync::oneshot', broadcast: 'tokio::sync::broadcast', watch: 'tokio::sync::watch' },
    ...{ Notify: 'tokio::sync::Notify', Semaphore: 'tokio::sync::Semaphore', Mutex: 'tokio::sync::Mutex' },
    ...{
      RwLock: 'tokio::sync::RwLock',
      AsyncReadExt: 'tokio::io::AsyncReadExt',
      AsyncWriteExt: 'tokio::io::AsyncWriteExt',
    },
    ...{ TcpListener: 'tokio::net::TcpListener', TcpStream: 'tokio::net::TcpStream' },
  },
  futures: {
    ...{
      join: 'futures::join',
      try_join: 'futures::try_join',
      select: 'futures::select',
      pin_mut: 'futures::pin_mut',
    },
    ...{
      Stream: 'futures::Stream',
      Sink: 'futures::Sink',
      StreamExt: 'futures::StreamExt',
      SinkExt: 'futures::SinkExt',
    },
    ...{ FutureExt: 'futures::FutureExt', TryFutureExt: 'futures::TryFutureExt', stream: 'futures::stream' },
    ...{
      TryStreamExt: 'futures::TryStreamExt',
      join_all: 'futures::future::join_all',
      BoxFuture: 'futures::future::BoxFuture',
    },
    ...{
      mpsc: 'futures::channel::mpsc',
      oneshot: 'futures::channel::oneshot',
      block_on: 'futures::executor::block_on',
    },
    ...{ ready: 'futures::ready', poll_fn: 'futures::future::poll_fn' },
  },
}

/** The import of a name that asynchronous code uses, of the first of its crates that has it; `null` where none has. */
export function importOf(name: string, crates: readonly string[]): string | null {
  for (const crate of crates) {
    const path = Object.hasOwn(OF, crate) && Object.hasOwn(OF[crate]!, name) ? OF[crate]![name]! : null
    if (path !== null) return `use ${path};`
  }
  return null
}
