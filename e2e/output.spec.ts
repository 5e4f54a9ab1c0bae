import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "@playwright/test"
import { serverLogs } from "./next-process.mjs"

/** What the test apps bring about on purpose, and Next's notice about the name of their middleware file. */
const expected = [
  /the action failed/,
  /the page is broken/,
  /SESSION_ACTION_FORWARDED/,
  /Using edge runtime/,
  /SESSION_COOKIE_WITHHELD/,
  /The "middleware" file convention is deprecated/,
]

const complains = /^\s*(⨯|⚠|Error|Warning|\[session\]|TypeError|Unhandled)|encountered the unstable value/

for (const log of readdirSync(serverLogs).toSorted()) {
  test(`the server printed no error and no warning that its app did not cause: ${log}`, () => {
    const lines = readFileSync(`${serverLogs}/${log}`, "utf8").split("\n")
    expect(lines.some((line) => line.includes("Ready in"))).toBe(true)
    const complaints = lines.filter((line) => complains.test(line))
    expect(complaints.filter((line) => !expected.some((known) => known.test(line)))).toEqual([])
  })
}
