import {
  CLONE,
  CLONE3,
  DENIED,
  EAFNOSUPPORT,
  ENOSYS,
  EPERM,
  FAMILIES,
  NAMESPACES,
  NEWEST,
  SOCKET,
  TRACING,
} from './syscalls.ts'

/** How the kernel calls a processor in a filter, and where in `Numbers` its calls are. */
export const ARCHITECTURES = {
  x64: { column: 0, audit: 0xc000_003e },
  arm64: { column: 1, audit: 0xc000_00b7 },
} as const
export type Architecture = keyof typeof ARCHITECTURES

// Of <linux/filter.h> and <linux/seccomp.h>.
const LOAD = 0x20
const EQUAL = 0x15
const ABOVE = 0x25
const BITS = 0x45
const RETURN = 0x06
const ALLOW = 0x7fff_0000
const NUMBER = 0
const ARCHITECTURE = 4
const ARGUMENT = 16

type Instruction = readonly [code: number, yes: number, no: number, value: number]

const answer = (errno: number): Instruction => [RETURN, 0, 0, 0x0005_0000 | errno]

/** Answers so where what was loaded is so; else goes on. */
const unless = (code: number, value: number, errno: number): Instruction[] => [
  [code, 0, 1, value],
  answer(errno),
]

/** The filter of system calls as the kernel reads it: a program of classic BPF. */
export function filterFor(architecture: Architecture, mayTrace: boolean): Buffer {
  const { column, audit } = ARCHITECTURES[architecture]
  const denied = Object.entries(DENIED).flatMap(([name, numbers]) => {
    const number = numbers[column]
    return number === null || (mayTrace && name === TRACING) ? [] : unless(EQUAL, number, EPERM)
  })
  const families = FAMILIES.flatMap((family): Instruction[] => [
    [EQUAL, 0, 1, family],
    [RETURN, 0, 0, ALLOW],
  ])
  const socket: Instruction[] = [[LOAD, 0, 0, ARGUMENT], ...families, answer(EAFNOSUPPORT)]
  return project([
    // Calls of another processor, 32 bits wide, have other numbers; so have those of x32, which are above all.
    [LOAD, 0, 0, ARCHITECTURE],
    [EQUAL, 1, 0, audit],
    answer(EPERM),
    [LOAD, 0, 0, NUMBER],
    ...unless(ABOVE, NEWEST, ENOSYS),
    ...denied,
    ...unless(EQUAL, CLONE3[column]!, ENOSYS),
    [EQUAL, 0, socket.length, SOCKET[column]!],
    ...socket,
    [EQUAL, 0, 3, CLONE[column]!],
    [LOAD, 0, 0, ARGUMENT],
    ...unless(BITS, NAMESPACES, EPERM),
    [RETURN, 0, 0, ALLOW],
  ])
}

function project(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8)
  for (const [at, [code, yes, no, value]] of instructions.entries()) {
    bytes.writeUInt16LE(code, at * 8)
    bytes.writeUInt8(yes, at * 8 + 2)
    bytes.writeUInt8(no, at * 8 + 3)
    bytes.writeUInt32LE(value, at * 8 + 4)
  }
  return bytes
}

/** The same for Docker, whose engine knows the numbers of calls. */
export function dockerProfile(mayTrace: boolean): string {
  const deny = (names: readonly string[], errno: number, ...args: object[]) => ({
    ...{ names, action: 'SCMP_ACT_ERRNO', errnoRet: errno },
    ...(args.length > 0 ? { args } : {}),
  })
  const first = { index: 0, valueTwo: 0 }
  const other = Array.from({ length: Math.max(...FAMILIES) }, (_, at) => at).filter(
    (family) => !FAMILIES.includes(family),
  )
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    archMap: [
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
    ],
    syscalls: [
      deny(
        Object.keys(DENIED).filter((name) => !(mayTrace && name === TRACING)),
        EPERM,
      ),
      deny(['clone3'], ENOSYS),
      ...Array.from({ length: 31 }, (_, bit) => 2 ** bit)
        .filter((flag) => (NAMESPACES & flag) !== 0)
        .map((flag) =>
          deny(['clone'], EPERM, { ...first, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }),
        ),
      ...other.map((family) =>
        deny(['socket'], EAFNOSUPPORT, { ...first, value: family, op: 'SCMP_CMP_EQ' }),
      ),
      deny(['socket'], EAFNOSUPPORT, { ...first, value: Math.max(...FAMILIES), op: 'SCMP_CMP_GT' }),
    ],
  })
}
