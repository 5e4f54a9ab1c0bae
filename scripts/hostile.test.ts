import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"

const bench = fileURLToPath(new URL("../bench/speed/bench.mjs", import.meta.url))

// It calls what requests go through, which the compiler does not check there.
it("npm run bench -- --only hostile runs: every form is sent back, no cookie is taken for a session", () => {
  const command = [bench, "--quick", "--only", "hostile"]
  const table = execFileSync(process.execPath, command, { encoding: "utf8", stdio: "pipe" })
  const rows = table.split("\n").filter((line) => line.startsWith("| **hostile**"))
  expect(rows.length).toBeGreaterThan(30)
  for (const name of [
    "form, 1,000 ligatures, 1 MB",
    "cookie, session, of stars, 16 KB",
    "tokens, in middleware",
  ]) {
    expect(rows).toContainEqual(
      expect.stringMatching(new RegExp(`\\*\\*hostile\\*\\*: ${name}[^|]*\\| +[\\d.]+ [mµ]s +\\|`)),
    )
  }
  expect(table).toContain("- PASS: hostile inputs")
}, 120_000)
