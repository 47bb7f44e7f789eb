const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '{': '&#123;',
}

/** Text as HTML that neither a browser nor Vue reads anything into. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"{]/g, (found) => ENTITIES[found]!)

/** A link, or its text alone where there is no address. */
export const link = (address: string | null, text: string, more = ''): string =>
  address === null
    ? `<span${more}>${escapeHtml(text)}</span>`
    : `<a${more} href="${escapeHtml(address)}">${escapeHtml(text)}</a>`
