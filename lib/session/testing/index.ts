export { createClock } from "./clock.ts"
export type { Clock } from "./clock.ts"
export { storeSuite } from "./store-suite.ts"
export type { StoreSuiteOptions } from "./store-suite.ts"
