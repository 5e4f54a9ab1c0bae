import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { runNext, serverLogs } from "./next-process.mjs"

/** Builds the example app and serves it: `app-server.mjs <port>`. */
const [, , port] = process.argv
const root = fileURLToPath(new URL("..", import.meta.url))

rmSync(`${serverLogs}/app.log`, { force: true })
await runNext("app", root, "build")
await runNext("app", root, "start", "-p", port, "-H", "localhost")
