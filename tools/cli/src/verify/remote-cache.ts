const KEY = 'TURBO_REMOTE_CACHE_SIGNATURE_KEY'
/** What turbo asks of a key: it refuses a run with a shorter one. */
const KEY_BYTES = 32

/**
 * The environment for turbo. With a key that turbo would refuse, the run goes on without the remote cache, and
 * `complaint` says so; it is `null` otherwise.
 */
export function withoutWeakKey(env: NodeJS.ProcessEnv): { env: NodeJS.ProcessEnv; complaint: string | null } {
  const { [KEY]: key, ...rest } = env
  const bytes = Buffer.byteLength(key ?? '')
  if (key === undefined || bytes >= KEY_BYTES) return { env, complaint: null }
  const complaint = `the remote cache is not used: ${KEY} has ${bytes} bytes, and at least ${KEY_BYTES} are needed (docs/remote-cache.md)`
  return { env: { ...rest, TURBO_CACHE: 'local:rw' }, complaint }
}
