export { register } from "./lib/session/instrumentation"
