import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "@playwright/test"
import { serverLogs } from "./next-process.mjs"
import { serverComplaints } from "./server-complaints.mjs"

for (const log of readdirSync(serverLogs).toSorted()) {
  test(`the server printed no error and no warning that its app did not cause: ${log}`, () => {
    const printed = readFileSync(`${serverLogs}/${log}`, "utf8")
    expect(printed).toContain("Ready in")
    expect(serverComplaints(printed)).toEqual([])
  })
}
