import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { remarks } from "./remarks.mjs"

const outcomes = ["once", "twice", "lost", "otherwise", "not offered"]
const titles = { once: "exactly once", twice: "twice or more", lost: "lost", otherwise: "once, but amiss" }

const outcomeOf = ({ need, outcome }) => (need === undefined ? outcome : "not offered")
const pick = ({ cases }, javaScript, outcome) =>
  cases.filter((one) => one.javaScript === javaScript && outcomeOf(one) === outcome)

function row(cells) {
  return `| ${cells.join(" | ")} |`
}

function counts(done, javaScript) {
  const lines = done.map((subject) =>
    row([subject.title, ...outcomes.map((outcome) => pick(subject, javaScript, outcome).length)]),
  )
  const head = [
    `${javaScript ? "with" : "without"} JavaScript`,
    ...outcomes.map((each) => titles[each] ?? each),
  ]
  return [row(head), row(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...lines].join("\n")
}

function costs(done) {
  const head = [
    "one redirect with a message",
    "requests",
    "bytes received",
    "routes prerendered",
    "`/static`",
    "`/forced`",
  ]
  const lines = done.map(({ title, cost, prerendered }) => {
    const is = (route) => (prerendered.includes(route) ? "static" : "dynamic")
    return row([title, cost.requests, cost.bytes, prerendered.length, is("/static"), is("/forced")])
  })
  return [row(head), row(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...lines].join("\n")
}

/** @param done the subjects with their results */
export const tableOf = (done) => [counts(done, true), counts(done, false), costs(done)].join("\n\n")

/** Where a rival goes wrong, by the names of the cases. */
function details(subject) {
  const lines = ["twice", "lost", "otherwise", "not offered"].flatMap((outcome) => {
    const names = new Map()
    for (const { name, javaScript } of subject.cases.filter((one) => outcomeOf(one) === outcome))
      names.set(name, [...(names.get(name) ?? []), javaScript])
    if (names.size === 0) return []
    const said = [...names].map(
      ([name, runs]) => name + (runs.length === 2 ? "" : runs[0] ? " [JS]" : " [no JS]"),
    )
    return [`- **${titles[outcome] ?? outcome}**: ${said.join("; ")}`]
  })
  return [`### ${subject.title}`, remarks[subject.name], lines.join("\n") || "- nothing went wrong"].join(
    "\n\n",
  )
}

/** @param done all subjects with their results */
export function writeReport(done) {
  const seconds = done.reduce((sum, subject) => sum + subject.seconds, 0)
  const text = `# The delivery matrix on what people write by hand

Written by \`npm run compare\` on ${new Date().toISOString().slice(0, 10)}: ${done[0].versions}. It takes ${Math.ceil(seconds / 60)} minutes.

The cases of \`e2e/matrix/\` that are about messages, unchanged, on production builds of one app in which only the way
messages are shown differs. What each rival is, and where its recipe comes from, stands above its code:
\`bench/compare/<name>/recipe.tsx\`.

${tableOf(done)}

## How it is judged

- **exactly once**: the case passes. Where the case writes down a limit of the kit's ("known limit"), only how often the
  message was seen counts, for the kit too.
- **twice or more**, **lost**: the case fails, and over all tabs and documents the message was seen more often than it was
  written, or less often. **once, but amiss**: as often as it was written, but in another place, at another moment or for
  another time than the case asks.
- **not offered**: the recipe does not claim what the case asks for: a message addressed to another page than the redirect
  leads to, form feedback, a message written while middleware rewrites; for the address a message without a redirect; for the
  toaster that a message leaves with its page, for a toast stays as long as it stays.
- A message lost or amiss is tried a second time, and the better run counts. Cases about form feedback alone, sign-out, the
  kit's own cookie and request counts are left out.
- Rivals are given what a careful app gives them: one banner that keeps a message over re-renders, lets it leave with its page
  and be dismissed; \`303\` from route handlers; prefetches kept out of middleware by the \`matcher\` of Next's documentation; an app's own
  data in a cookie of their own. A case that leaves a message waiting while the person is elsewhere gets one that the next page
  shows.
- Bytes: all that the connection brought in the six seconds after the click, headers and all, with the scripts already there. Routes: those \`next build\`
  prerendered; \`/static\` is outside the banner's layout, \`/forced\` inside it, with \`dynamic = "force-static"\`.

## What goes wrong

${done.map(details).join("\n\n")}

## To run it

\`\`\`sh
npm ci && npm run compare                       # all, one after another
npm run compare -- --only kit,effect-cookie     # these, beside the others' last results
\`\`\`
`
  writeFileSync(fileURLToPath(new URL("../compare.md", import.meta.url)), text)
}
