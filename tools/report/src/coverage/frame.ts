import { escapeOutput } from '@cookbook/guide'

/** Of the machine alone: no font, script or picture is fetched, and states are told apart by more than colour. */
const STYLE = `
:root { color-scheme: light dark; --ran: #d7f5dd; --never: #ffd9d6; --excused: #fff0c2; --quiet: #6a6a6a; }
@media (prefers-color-scheme: dark) {
  :root { --ran: #123d1e; --never: #5c1a17; --excused: #4a3a05; --quiet: #a0a0a0; }
}
body { margin: 1rem auto; max-width: 75rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; }
.lines { width: 100%; }
.lines td { padding: 0 .5rem; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
.lines td:nth-child(-n+2) { color: var(--quiet); text-align: right; white-space: nowrap; user-select: none; }
.chapters td, .chapters th { padding: .1rem .75rem; text-align: right; }
.chapters td:first-child, .chapters th:first-child { text-align: left; }
code { font: .875rem/1.4 ui-monospace, monospace; tab-size: 4; }
tr.ran { background: var(--ran); } tr.never-ran { background: var(--never); } tr.excused { background: var(--excused); }
.never-ran code { font-weight: bold; } .why { font-style: italic; }
.why::before { content: "— "; }
`

/** A whole page, which may load nothing, around parts that are HTML already. */
export function frame(title: string, parts: readonly string[]): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'"
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`
}

/** Any text as HTML that shows it. */
export function html(text: string): string {
  return escapeOutput(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
