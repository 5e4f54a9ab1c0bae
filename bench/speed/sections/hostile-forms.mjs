import { z } from "zod"
import { cookieReader } from "../kit.mjs"
import { SECRET } from "../secrets.mjs"

const schema = z.object({
  title: z.string().min(1, "Give it a title"),
  a: z.array(z.string().min(2, "Too short")).optional(),
  rows: z.array(z.array(z.string())).optional(),
})

const times = (count, field) => Array.from({ length: Math.floor(count) }, (_, at) => field(at))

/** Fields of about so many bytes; the last five stay below the limits, so that all of it is looked at. */
const shapes = {
  "equal names": (bytes) => times(bytes / 3, () => ["a", ""]),
  "distinct names": (bytes) => times(bytes / 9, (at) => [`f${at}`, ""]),
  "one long name": (bytes) => [["n".repeat(bytes), "x"]],
  "one name of digits": (bytes) => [[`${"1".repeat(bytes)}x`, "x"]],
  "one deep name": (bytes) => [[`a${".b".repeat(bytes / 2)}`, "x"]],
  "names of 40,000 digits": (bytes) => times(bytes / 40_000, (at) => [`${"1".repeat(40_000)}x${at}`, "x"]),
  "secret names": (bytes) => times(bytes / 12, (at) => [`password${at}`, ""]),
  "one huge value": (bytes) => [["a", "x".repeat(bytes)]],
  quotes: (bytes) => [["a", '"'.repeat(bytes)]],
  emoji: (bytes) => [["a", "🍪".repeat(bytes / 4)]],
  "values of 1 KB": (bytes) => times(bytes / 1100, (at) => [`field${at}`, '"é'.repeat(500)]),
  "1,000 equal names": (bytes) => times(bytes / 1049, () => ["a[]", "x"]),
  "1,000 long names": (bytes) =>
    times(bytes / 1049, (at) => [`${at}${"aB1.".repeat(50)}`.slice(0, 200), "x"]),
  "1,000 ligatures": (bytes) => times(bytes / 1049, (at) => [`${at}${"ﷺ".repeat(200)}`.slice(0, 200), "x"]),
  "1,000 deep names": (bytes) => times(bytes / 1049, (at) => [`a${at}${".b[0]".repeat(5)}`, "x"]),
  "1,000 empty places": (bytes) => times(bytes / 1049, (at) => [`rows[${Math.floor(at / 100)}][${at}]`, ""]),
}

function formOf(fields) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

/** A schema that finds fault with everything. */
function complaining(count) {
  const issues = times(count, (at) => ({
    message: `Number ${at} is wrong`,
    path: ["items", at % 999, "name"],
  }))
  return { "~standard": { version: 1, vendor: "bench", validate: () => ({ issues }) } }
}

/**
 * The worst forms: from the FormData to the cookie that gives back what was typed. What parsing the body into a
 * FormData costs is Next's.
 *
 * @param bytes of a whole one
 */
export function hostileForms(kit, bytes) {
  const config = kit.resolveConfig({ store: kit.cookieStore({ secret: SECRET }) })
  const run = (asked) => (form) => sendBack(kit, config, form, asked)
  const inShapes = Object.entries(shapes).map(([name, fieldsOf]) => ({
    name,
    input: (share) => formOf(fieldsOf(bytes * share)),
    run: () => run(schema),
    theirs: () => parse(fieldsOf(bytes)),
  }))
  const issues = {
    name: "issues of a schema",
    sizes: ["10,000", "20,000"],
    input: () => formOf([["title", "x"]]),
    run: (share) => run(complaining(20_000 * share)),
  }
  const about = { kind: "form", sizes: ["½ MB", "1 MB"], noise: 4000 }
  return [...inShapes, issues].map((each) => ({ ...about, ...each }))
}

async function sendBack(kit, config, form, asked) {
  const signal = await kit.validateInput(asked, form, {}).then(
    () => undefined,
    (thrown) => thrown,
  )
  if (signal?.feedback === undefined) throw signal ?? new Error("the form was accepted")
  const cookies = kit.readRequestCookies(cookieReader({}), false, config)
  const actor = await kit.openSession(config, cookies, [], () => {})
  actor.flashForm(signal.feedback)
  await kit.commitSession(config, actor, cookies, {
    outcome: { kind: "redirect", to: "/form" },
    from: "/form",
    cookies: { reach: "browser" },
  })
}

function parse(fields) {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()
  const headers = { "content-type": "application/x-www-form-urlencoded" }
  return () => new Response(body, { headers }).formData()
}
