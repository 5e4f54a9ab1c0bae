export { createClock } from "./testing/clock"
export type { Clock } from "./testing/clock"
