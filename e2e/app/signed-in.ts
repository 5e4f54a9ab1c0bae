import { test as base } from "@playwright/test"
import { seedSession } from "next-session-kit/testing"
import * as kit from "../../app/session.ts"

/** `test` with somebody who has signed in: `test("…", async ({ ada, page }) => …)`. */
export const test = base.extend<{ ada: string }>({
  ada: async ({ context, baseURL }, use) => {
    await use(await seedSession(context, kit, { userId: "ada" }, { baseURL }))
  },
})
