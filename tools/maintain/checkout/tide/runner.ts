import { pattern } from '@cookbook/harness'

const tide = await pattern(import.meta.dirname)

tide.prints('tide', 'expected/tide.txt')
tide.proves('tests/height.rs')
