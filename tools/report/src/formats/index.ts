export { type Annotation, reportToActions } from './github.ts'
export { counted, html, row } from './html.ts'
export { type JUnitCase, type JUnitSuite, junitDocument } from './junit.ts'
export { type SarifFinding, sarifLog } from './sarif.ts'
