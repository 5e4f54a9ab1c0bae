import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { runNext, serverLogs } from "./next-process.mjs"

/** Builds an app and serves it: `app-server.mjs <port> [folder]`, the example app or the one in `e2e/<folder>`. */
const [, , port, folder] = process.argv
const cwd = fileURLToPath(new URL(folder ?? "..", import.meta.url))
const name = folder ?? "app"

rmSync(`${serverLogs}/${name}.log`, { force: true })
await runNext(name, cwd, "build")
await runNext(name, cwd, "start", "-p", port, "-H", "localhost")
