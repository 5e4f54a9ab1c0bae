import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "@playwright/test"
import { serverLogs } from "./next-process.mjs"
import { serverComplaints } from "./server-complaints.mjs"

test("no server printed an error or a warning that its app did not cause", () => {
  const logs = readdirSync(serverLogs).toSorted()
  expect(logs.length).toBeGreaterThan(0)
  for (const log of logs) {
    const printed = readFileSync(`${serverLogs}/${log}`, "utf8")
    expect.soft(printed, log).toContain("Ready in")
    expect.soft(serverComplaints(printed), log).toEqual([])
  }
})
