import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

export type Certificate = { key: string; cert: string /** Who signed it. */; authority: string }

/** A new certificate for a host, signed by a new authority; the paths of the files. `null`: there is no openssl. */
export function certificate(at: (name: string) => string, host: string): Certificate | null {
  if (spawnSync('openssl', ['version']).error) return null
  const [key, cert, authority] = [at('key.pem'), at('cert.pem'), at('authority.pem')]
  const name = /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`
  writeFileSync(at('names'), `subjectAltName=${name}\nbasicConstraints=CA:FALSE\n`)
  const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const ca = ['-keyout', at('ca-key.pem'), '-out', authority, '-subj', '/CN=authority', '-days', '2']
  openssl('req', '-x509', ...keys, ...ca)
  openssl('req', '-new', ...keys, '-keyout', key, '-out', at('request.pem'), '-subj', '/CN=server')
  const signer = ['-CA', authority, '-CAkey', at('ca-key.pem'), '-CAcreateserial', '-days', '2']
  openssl('x509', '-req', '-in', at('request.pem'), ...signer, '-extfile', at('names'), '-out', cert)
  return { key, cert, authority }
}

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`)
}
