/** Where a pattern's folder holds what its verification saw. */
export const EVIDENCE_FILE = 'evidence.json'

/** Counted up when older evidence can no longer be read as what it was. */
export const VERSION = 3
