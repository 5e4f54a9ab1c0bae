import { expect, it } from "vitest"
import { sha256 } from "./sha256.ts"

it("is the hash of FIPS 180-4's example", async () => {
  expect(await sha256("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
})
