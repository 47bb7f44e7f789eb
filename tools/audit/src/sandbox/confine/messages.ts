/** All that the sandbox says to people. */

const GIB = 1024 ** 3

const amount = (bytes: number) =>
  bytes < GIB ? `${Math.round(bytes / 1024 ** 2)} MiB` : `${Number((bytes / GIB).toFixed(1))} GiB`

/** Why the sandbox ended a command, or does not accept what it left. */
export const stopped = {
  memory: (bytes: number) => `it used more than ${amount(bytes)} of memory`,
  spare: (bytes: number) => `less than ${amount(bytes)} of the machine's memory were left`,
  disk: (bytes: number) => `it wrote more than ${amount(bytes)} to the disk`,
  files: (count: number) => `it left more than ${count} files and folders`,
  deep: 'it left folders nested deeper than any build needs',
  nameless: 'it left a file name that is not UTF-8',
  unreadable: 'it left a folder that cannot be looked into',
  lost: (said: string) => `its container was lost while it ran: ${said}`,
}

export const noBubblewrap = {
  missing: 'bubblewrap (the program bwrap) was not found',
  failed: (said: string) => `bubblewrap cannot make a sandbox here: ${said}`,
  forbidden: (said: string) =>
    `bubblewrap may not make a sandbox here: ${said}; Ubuntu 24.04 restricts user namespaces of users other than root; to allow them: sudo sysctl --write kernel.apparmor_restrict_unprivileged_userns=0`,
  tools: (said: string) => `the compilers do not start in its sandbox: ${said}`,
}

export const noContainer = (said: string) => ({
  problem: `a container for a foreign command cannot be started: ${said}`,
  fix: 'see why: docker run --rm --network none --read-only debian:trixie-slim true',
})

export function noSandbox(bubblewrap: string, docker: { problem: string; fix: string }) {
  return {
    problem: `untrusted code needs a sandbox, and none is available: ${bubblewrap}; ${docker.problem}`,
    fix: `install bubblewrap: apt-get install bubblewrap; or for Docker: ${docker.fix}; or, for a guide whose code you would run yourself with all your rights, its build scripts too: --trust`,
  }
}

export const unknownSandbox = (choice: string) => ({
  problem: `there is no sandbox "${choice}"`,
  fix: 'choose auto, bubblewrap or docker',
})

export const noFilter = (architecture: string) =>
  `system calls can be filtered on x64 and arm64 only, and this machine is ${architecture}`
