import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { freePort } from "../../lib/session/test-support/free-port.mjs"
import { stageImage } from "./stage.mjs"
import { createVisitor } from "./visitor.mjs"

/**
 * `npm run test:deploy`: the image of docs/deploying.md, without Docker. Two servers, as on two machines with one
 * secret: somebody signs in on one and is known to the other. And without a secret the server says so.
 */
const { image, command } = stageImage(fileURLToPath(new URL("../../test-results/image", import.meta.url)))
const SESSION_SECRET = randomBytes(32).toString("base64")
let failed = 0

function check(what, isSo, seen) {
  console.log(`${isSo ? "passed" : "FAILED"}: ${what}${isSo ? "" : `; instead: ${seen}`}`)
  if (!isSo) failed += 1
}

/** Runs the image's command until `use` has ended. */
async function serving(env, use) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const child = spawn(process.execPath, command.slice(1), {
    cwd: image,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      HOSTNAME: "localhost",
      PORT: String(port),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let printed = ""
  for (const output of [child.stdout, child.stderr]) output.on("data", (chunk) => (printed += String(chunk)))
  const ended = once(child, "exit")
  try {
    while (child.exitCode === null && !(await answers(origin))) await new Promise(setImmediate)
    return await use(origin, () => printed)
  } finally {
    child.kill()
    await ended
  }
}

const answers = (origin) =>
  fetch(origin).then(
    () => true,
    () => false,
  )

const count = (text, part) => text.split(part).length - 1
const ada = { email: "ada@example.com", password: "first-programmer" }

await serving({ SESSION_SECRET }, (first) =>
  serving({ SESSION_SECRET }, async (second) => {
    const visitor = createVisitor(first)
    const wrong = await visitor.submit("/sign-in", "Sign in", { ...ada, password: "guessed" })
    check("a wrong password leads back to the form", wrong.location === "/sign-in", wrong.location)
    const form = await visitor.open("/sign-in")
    check("with what was typed", form.html.includes(`value="${ada.email}"`), form.status)

    const sent = await visitor.submit("/sign-in", "Sign in", ada)
    check("signing in leads on", sent.status === 303 && sent.location === "/dashboard", sent.status)
    const arrived = await visitor.open("/dashboard")
    check("with a message", count(arrived.html, "Welcome back") >= 1, arrived.html.slice(0, 200))
    const again = await visitor.open("/dashboard")
    check("shown once", count(again.html, "Welcome back") === 0, again.html.slice(0, 200))
    const other = await visitor.at(second).open("/dashboard")
    check("another server with the same secret knows the person", other.status === 200, other.status)

    await visitor.submit("/dashboard", "Sign out")
    const gone = await visitor.open("/dashboard")
    check("signing out ends it", gone.location === "/sign-in", gone.location ?? gone.status)
  }),
)

await serving({}, async (origin, printed) => {
  const { status } = await createVisitor(origin).open("/sign-in")
  check("without a secret the server answers 500", status === 500, status)
  check("and says what is missing", printed().includes("SESSION_SECRET_MISSING"), printed())
})

console.log(failed === 0 ? "the image works" : `${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
