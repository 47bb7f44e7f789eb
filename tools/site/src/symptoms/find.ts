/** A part of a page, from its heading to the next. */
export type Section = { page: string; title: string; address: string; lines: string[] }

/** A section that says what was pasted, and its line that says most of it. */
export type Found = { section: Section; line: string }

const LONGEST_PHRASE = 4
/** Words in a row that have to be shared: two are as often those of any sentence. */
const LEAST_PHRASE = 3
const MOST_FOUND = 8

/**
 * The sections that share most with a text, best first. Phrases count more the longer they are, and the fewer sections
 * have them: what every error says tells nothing. Some words in a row must be shared, or all words of a shorter text.
 */
export function findSymptoms(sections: readonly Section[], text: string): Found[] {
  const wanted = phrasesOf([text])
  const phrases = sections.map(({ title, lines }) => phrasesOf([title, ...lines]))
  const weights = new Map(
    [...wanted].map((phrase) => {
      const having = phrases.filter((all) => all.has(phrase)).length
      return [
        phrase,
        having === 0 ? 0 : lengthOf(phrase) ** 2 * Math.log(1 + sections.length / having),
      ] as const
    }),
  )
  const score = (all: ReadonlySet<string>) =>
    [...weights].reduce((sum, [phrase, weight]) => sum + (all.has(phrase) ? weight : 0), 0)
  const least = Math.min(LEAST_PHRASE, Math.max(0, ...[...wanted].map(lengthOf)))
  return sections
    .map((section, at) => ({ section, all: phrases[at]!, score: score(phrases[at]!) }))
    .filter(
      ({ all, score }) =>
        score > 0 && [...wanted].some((phrase) => lengthOf(phrase) >= least && all.has(phrase)),
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_FOUND)
    .map(({ section }) => {
      const scored = section.lines.map((line) => [score(phrasesOf([line])), line] as const)
      const [, line] = scored.reduce((best, one) => (one[0] > best[0] ? one : best), [0, ''])
      return { section, line: line.trim() }
    })
}

/** All runs of one word to four within a line. What differs from one build to the next is no word: numbers, hashes. */
function phrasesOf(lines: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const line of lines) {
    const words = line.toLowerCase().match(/[a-z_]\w*/g) ?? []
    for (let from = 0; from < words.length; from++)
      for (let length = 1; length <= LONGEST_PHRASE && from + length <= words.length; length++)
        found.add(words.slice(from, from + length).join(' '))
  }
  return found
}

const lengthOf = (phrase: string) => phrase.split(' ').length
