/** The check after which a pattern is known to compile, by which a watch says so before the tests have run. */
export const COMPILES = 'everything compiles without a warning'
