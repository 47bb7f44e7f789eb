import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Crates that guides use and leave out of their manifests, with the version line that is current. */
const CURRENT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    anyhow: '1',
    async_channel: '2',
    async_std: '1',
    async_stream: '0.3',
    async_trait: '0.1',
    bytes: '1',
    crossbeam: '0.8',
    crossbeam_channel: '0.5',
    cxx_async: '0.1',
    env_logger: '0.11',
    futures_lite: '2',
    futures_timer: '3',
    futures_util: '0.3',
    cmake: '0.1',
    itertools: '0.14',
    lazy_static: '1',
    libc: '0.2',
    log: '0.4',
    once_cell: '1',
    parking_lot: '0.12',
    pin_project: '1',
    pin_project_lite: '0.2',
    pkg_config: '0.3',
    pollster: '0.4',
    rand: '0.9',
    regex: '1',
    serde: '1',
    serde_json: '1',
    thiserror: '2',
    tokio_stream: '0.1',
    tokio_util: '0.7',
    tracing: '0.1',
    tracing_subscriber: '0.3',
    url: '2',
    uuid: '1',
  }),
)

/** Crates that guides use and that a caller has to allow: too large, or a network is what they are for. */
const OTHERS: ReadonlySet<string> = new Set(
  (
    'actix actix_rt actix_web autocxx axum bevy bindgen burn candle_core chrono clap cpal criterion crossterm ' +
    'csv dashmap deadpool diesel eframe egui flume glib gtk gtk4 hyper hyper_util indicatif ndarray nalgebra nix ' +
    'opencv openssl polars prost pyo3 quinn rayon redis reqwest rocket rusqlite rustls sea_orm sqlx socket2 ' +
    'surf tch tempfile tonic tower tower_http tungstenite tokio_tungstenite ureq wasm_bindgen wgpu winit zmq'
  ).split(' '),
)

/** Whether a name is that of a crate which a guide can mean without showing its manifest. */
export const isOtherCrate = (name: string): boolean => OTHERS.has(name)

/** The crates that guides use and that nobody has to allow. */
export const knownCrates = (): string[] => [...CURRENT.keys()]

/** The version that a reader would take of a crate, or `null` for one that nobody can guess. */
export function knownVersion(crate: string): string | null {
  return versionOf(crate) ?? CURRENT.get(crate) ?? null
}

/** The names of all crates that this project is verified with. */
export function lockedCrates(): string[] {
  locked ??= readLock()
  return [...locked.keys()]
}

let locked: ReadonlyMap<string, string> | null = null

/** The version of a crate that this project itself is verified with, or `null` for one that it does not use. */
export function versionOf(crate: string): string | null {
  locked ??= readLock()
  return locked.get(crate) ?? locked.get(crate.replaceAll('_', '-')) ?? null
}

function readLock(): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, '../../../../Cargo.lock'), 'utf8')
  const found = text.matchAll(/^name = "([^"]+)"\nversion = "([^"+]+)(?:\+[^"]*)?"\nsource/gm)
  return new Map([...found].map(([, name, version]) => [name!, version!]))
}
