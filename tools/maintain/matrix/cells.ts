import {
  type Cell as Build,
  floorOf,
  MEMORY_TOOLS,
  PROFILES,
  STANDARDS,
  spellCell,
} from '@cookbook/toolchain'

/** One cell of the matrix: where and with which compilers every chapter is verified, and how it is built and checked. */
export type Cell = Build & { place: (typeof PLACES)[number]; rust: (typeof RUSTS)[number] }

export const PLACES = ['host', 'docker'] as const
/** Programs that say their version, so that a cell is the same on every machine that has them. */
export const COMPILERS = ['g++-12', 'g++-14', 'clang++-19'] as const
/** `floor` is the oldest Rust that the manifests state. */
const RUSTS = ['stable', 'floor'] as const

/** Every cell of the matrix. Memory tools run where most readers are: newest Rust, C++20, debug. */
export const CELLS: readonly Cell[] = PLACES.flatMap((place) =>
  COMPILERS.flatMap((cxx) =>
    STANDARDS.flatMap((std) =>
      RUSTS.flatMap((rust) =>
        PROFILES.flatMap((profile) =>
          MEMORY_TOOLS.map((memoryTool): Cell => ({ place, cxx, std, rust, profile, memoryTool })),
        ),
      ),
    ),
  ),
).filter(
  ({ memoryTool, std, rust, profile }) =>
    memoryTool === 'plain' || (std === 'c++20' && rust === 'stable' && profile === 'debug'),
)

/** `host/g++-12/c++20/stable/debug/plain`: its name, which globs go by. */
export function nameOf({ place, cxx, std, rust, profile, memoryTool }: Cell): string {
  return [place, cxx, std, rust, profile, memoryTool].join('/')
}

/** Whether two cells have the same third-party crates, which differ by no more than their C++. */
export function shareCrates(one: Cell, other: Cell): boolean {
  const parts = ({ place, rust, profile, memoryTool }: Cell) => [place, rust, profile, memoryTool].join()
  return parts(one) === parts(other)
}

/** What makes a run of turbo verify in this cell, where nothing is ever built a second time. */
export function environmentOf(cell: Cell): Record<string, string> {
  const rust = cell.rust === 'floor' ? { RUSTUP_TOOLCHAIN: floorOf('rustc')! } : {}
  return { TOOLCHAIN: cell.place, MATRIX_CELL: spellCell(cell), CARGO_INCREMENTAL: '0', ...rust }
}
