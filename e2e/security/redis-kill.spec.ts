import { expect, test } from "@playwright/test"
import { printClass } from "../../lib/session/test-support/bad-input.ts"
import { createPerson, startApp, store, type AppServer } from "./app-server.ts"

/** An app server is killed between its commit and its response; another one goes on. */
test.describe.configure({ mode: "serial", timeout: 120_000 })

let survivor: AppServer

test.beforeAll(async () => {
  survivor = await startApp(store())
  await createPerson(survivor).call(["put", "count", 1])
})
test.afterAll(() => survivor.stop())

type Data = Record<string, unknown>

/** What was asked of the server that died, and what a session with it may hold afterwards. */
const requests: readonly { name: string; calls: unknown[][]; after: Data | undefined }[] = [
  {
    name: "a write of three keys",
    calls: [
      ["put", "count", 2],
      ["put", "visited", "ada"],
      ["put", "filler", "x"],
    ],
    after: { count: 2, visited: "ada", filler: "x" },
  },
  { name: "a new id", calls: [["regenerate"], ["put", "visited", "ada"]], after: undefined },
  { name: "a sign-out", calls: [["invalidate"], ["flash", "success", "bye"]], after: undefined },
]

/** Whether the commit was carried out when the server died. */
const deaths = [
  { when: "before Redis was reached", fault: { kind: "hang" }, carriedOut: false },
  { when: "while the commit was under way", fault: { kind: "delay", milliseconds: 700 }, carriedOut: true },
  { when: "after the commit, before its answer arrived", fault: { kind: "slow-body" }, carriedOut: true },
]

for (const { name, calls, after } of requests) {
  for (const { when, fault, carriedOut } of deaths) {
    test(`killed ${when}, during ${name}: the state is before or after, and another server goes on`, async () => {
      const doomed = await startApp(store(), { beside: survivor })
      const bridge = survivor.bridge
      if (bridge === undefined) throw new Error("no bridge")
      try {
        const jar = new Map<string, string>()
        await createPerson(survivor, jar).call(["put", "count", 1])
        const before = new Map(jar)
        // The scripts are known to this server from now on: a write is a load and a commit.
        await createPerson(doomed, new Map(jar)).read()
        bridge.resetStats()
        bridge.setFaults({ ...fault, skip: 1 })
        const dying = createPerson(doomed, jar)
          .call(...calls)
          .then(
            () => "answered",
            () => "no answer",
          )
        await expect.poll(() => bridge.stats().requests).toBe(2)
        await doomed.kill()
        expect(await dying).toBe("no answer")
        if (carriedOut) await expect.poll(() => bridge.stats().last.at(-1)?.executed).toBe(true)
        bridge.clearFaults()

        expect(jar).toEqual(before)
        const person = createPerson(survivor, jar)
        const expected = carriedOut ? after : { count: 1 }
        expect((await person.read()).data).toEqual(expected ?? {})
        const { data } = await person.call(["put", "filler", "again"])
        expect(data).toEqual({ ...expected, filler: "again" })
        expect((await person.read()).data).toEqual(data)
        printClass(`killed ${when}, during ${name}`, store(), 1, carriedOut ? "after" : "before")
      } finally {
        bridge.clearFaults()
        await doomed.stop()
      }
    })
  }
}
