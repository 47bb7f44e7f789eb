import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { escapeHtml } from '../html.ts'

const CHAPTER = v.object({ kind: v.string(), digest: v.optional(v.string()) })
const CELL = v.object({ kind: v.string(), chapters: v.optional(v.record(v.string(), CHAPTER)) })

/** What became of each chapter in each cell, by the cell's name, such as `host/g++-12/c++20/stable/debug/plain`. */
export type Matrix = v.InferOutput<typeof MATRIX>
const MATRIX = v.record(v.string(), CELL)

/** Reads docs/matrix.json. Throws where it is none. */
export const readMatrix = (root: string): Matrix =>
  v.parse(MATRIX, JSON.parse(readFileSync(join(root, 'docs/matrix.json'), 'utf8')))

/** The cells in which the text with this digest passed; of another text they say nothing. */
export function cellsOf(matrix: Matrix, slug: string, digest: string): string[] {
  return Object.entries(matrix).flatMap(([name, { chapters }]) => {
    const chapter = chapters?.[slug]
    return chapter?.kind === 'passed' && chapter.digest === digest ? [name] : []
  })
}

const SIZE = 9
const GAP = 14
const TOP = 18
const LEFT = 110

/**
 * A picture of the matrix: a row for each chapter, a square for each cell, and a gap between compilers. What a square
 * stands for is its title; the table below it says all in words.
 */
export function matrixPicture(matrix: Matrix): string {
  const groups = [...Map.groupBy(Object.keys(matrix).sort(), (name) => name.split('/').slice(0, 2).join('/'))]
  const slugs = [
    ...new Set(Object.values(matrix).flatMap(({ chapters }) => Object.keys(chapters ?? {}))),
  ].sort()
  const parts: string[] = slugs.map(
    (slug, row) =>
      `<text x="${LEFT - 8}" y="${TOP + row * SIZE + 8}" text-anchor="end">${escapeHtml(slug)}</text>`,
  )
  let x = LEFT
  for (const [group, names] of groups) {
    parts.push(`<text x="${x}" y="${TOP - 6}">${escapeHtml(group)}</text>`)
    for (const name of names) {
      for (const [row, slug] of slugs.entries()) {
        const { kind, chapters } = matrix[name]!
        const state = kind === 'ran' ? (chapters?.[slug]?.kind ?? 'not run') : kind
        parts.push(
          `<rect class="${state.replace(' ', '-')}" x="${x}" y="${TOP + row * SIZE}" width="${SIZE - 1}" height="${SIZE - 1}"><title>${escapeHtml(`${slug}, ${name}: ${state}`)}</title></rect>`,
        )
      }
      x += SIZE
    }
    x += GAP
  }
  const [width, height] = [x, TOP + slugs.length * SIZE]
  return `<div class="matrix" tabindex="0" role="group" aria-label="The matrix as a picture"><svg viewBox="0 0 ${width} ${height}" aria-hidden="true">${parts.join('')}</svg></div>\n`
}
