import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"

const bench = fileURLToPath(new URL("../bench/hostile.mjs", import.meta.url))

// It calls what requests go through, which the compiler does not check there.
it("npm run bench:hostile runs: every form is sent back", () => {
  const table = execFileSync(process.execPath, [bench, "--quick"], { encoding: "utf8" })
  const rows = table.split("\n").filter((line) => line.endsWith(" |"))
  expect(rows.length).toBeGreaterThan(15)
  expect(rows).toContainEqual(expect.stringMatching(/^\| 1,000 ligatures \| [\d.]+ \| [\d.]+ \|/))
}, 120_000)
