import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/** Builds the fixture app for one variant, then serves it: `fixture-server.mjs <port>`. */
const port = process.argv[2]
const next = fileURLToPath(new URL("../node_modules/next/dist/bin/next", import.meta.url))
const cwd = fileURLToPath(new URL(process.env.FIXTURE_DIR ?? "fixture", import.meta.url))

const run = (...args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [next, ...args], { cwd, stdio: "inherit" })
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => child.kill(signal))
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`next ${args[0]} ended with ${code}`))))
  })

await run("build")
await run("start", "-p", port, "-H", "localhost")
