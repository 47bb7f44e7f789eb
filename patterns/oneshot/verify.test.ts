import { pattern } from '@cookbook/harness'

const oneshot = await pattern(import.meta.dirname)

oneshot.prints('oneshot-small', 'small/expected/oneshot-small.txt')
oneshot.prints('oneshot', 'expected/oneshot.txt')

oneshot.proves('small/tests/fetch.rs')
oneshot.proves('tests/answers.rs')
oneshot.proves('tests/callback.rs')
oneshot.proves('tests/cancel.rs')
oneshot.proves('tests/fifo.rs')
oneshot.proves('tests/race.rs')
oneshot.proves('tests/load.rs')
oneshot.proves('tests/runtimes.rs')
oneshot.proves('tests/shutdown.rs')
oneshot.proves('tests/exit.rs')
oneshot.proves('tests/fork.rs')
oneshot.proves('tests/wakers.rs')
oneshot.withstands('tests/faults.rs')

oneshot.rejects('reject/not_send.rs', {
  code: 'E0277',
  says: '`Rc<str>` cannot be sent between threads safely',
})
oneshot.rejects('reject/answered_twice.rs', { code: 'E0382', says: 'use of moved value: `context`' })
oneshot.rejects('reject/kept_bytes.rs', { code: 'E0521', says: 'borrowed data escapes outside of function' })
oneshot.rejects('reject/borrowed_url.rs', { code: 'E0597', says: '`url` does not live long enough' })

oneshot.survives('memcheck')
oneshot.survives('sanitizers')
