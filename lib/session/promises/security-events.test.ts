import { beforeEach, describe, expect, it, vi } from "vitest"
import { z } from "zod"
import { startsOf, storeKinds } from "../test-support/both-stores"
import { token } from "../test-support/redis/use-bridge"
import { emptySession } from "../core/empty-session"
import { explainEvent, type SessionEvent } from "../core/events"
import { METHOD_HEADER } from "../next/headers"
import { setup } from "../next/setup"
import { BackSignal } from "../forms/back-signal"
import { printClass } from "../test-support/bad-input"
import { redirectTo, type Person } from "../test-support/person"

const request = vi.hoisted(() => ({ headers: new Headers() }))
vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => ({ get: () => undefined, getAll: () => [] }),
}))

/** What must be in no event and in no line that is printed. */
const SECRET_VALUE = "marmalade-in-the-session"
const SECRET_TYPED = "apricot-that-was-typed"

type Starts = ReturnType<typeof startsOf>
type Started = ReturnType<Starts>

interface Situation {
  readonly expected: SessionEvent
  readonly only?: (typeof storeKinds)[number]
  readonly happen: (started: Started, visitor: Person) => Promise<unknown>
}

const lifetimes = { idleSeconds: 1200, absoluteSeconds: 3000, flashSeconds: 60, timeoutMilliseconds: 9000 }

const situations: Record<string, Situation> = {
  "a cookie nobody made": {
    expected: { type: "session-unreadable", reason: "malformed" },
    happen: ({ visitor }) => visitor(new Map([["session", `${SECRET_VALUE}`]])).open("/"),
  },
  "a cookie of another secret": {
    only: "cookie store",
    expected: { type: "session-unreadable", reason: "unsealed" },
    happen: ({ visitor }, { jar }) =>
      visitor(new Map([["session", `${jar.get("session")?.slice(0, -3)}a~2`]])).open("/"),
  },
  "a session that is over": {
    expected: { type: "session-unreadable", reason: "expired" },
    happen: ({ clock }, visitor) => {
      clock.advance(1200)
      return visitor.open("/")
    },
  },
  "a session signed out elsewhere": {
    only: "redis store",
    expected: { type: "session-unreadable", reason: "unknown" },
    happen: async ({ visitor }, { jar }) => {
      const elsewhere = new Map(jar)
      await visitor(new Map(jar)).act((session) => session.invalidate())
      return visitor(elsewhere).open("/")
    },
  },
  "a message nobody came for": {
    expected: { type: "flash-expired", to: "/never", keys: ["notice"] },
    happen: async ({ clock }, visitor) => {
      await visitor.act((session) => session.flash("notice", SECRET_VALUE), redirectTo("/never"))
      clock.advance(60)
      await visitor.act((session) => session.put("more", 1))
    },
  },
  "a long text typed into a form": {
    only: "cookie store",
    expected: { type: "old-input-trimmed", fields: ["story"] },
    happen: (_, visitor) =>
      visitor.act((_session, actor) =>
        actor.flashForm({
          bag: "",
          old: [["story", [SECRET_TYPED.repeat(200)]]],
          errors: [["story", ["too long"]]],
        }),
      ),
  },
  "more text than any form gets back": {
    expected: { type: "old-input-trimmed", fields: ["story"] },
    happen: ({ options }) => validateWrong(options, { story: SECRET_TYPED.repeat(2000) }),
  },
  "a form of too many fields": {
    expected: { type: "form-too-large", limit: "fields" },
    happen: ({ options }) =>
      validateWrong(options, Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`f${n}`, ""]))),
  },
  "a store that is slow": {
    only: "redis store",
    expected: { type: "store-slow", operation: "load", milliseconds: expect.any(Number) as number },
    happen: ({ redis }, visitor) => {
      redis?.bridge.setFaults({ kind: "delay", milliseconds: 700, times: 1 })
      return visitor.open("/")
    },
  },
  "a store that does not answer": {
    only: "redis store",
    expected: { type: "store-unavailable", operation: "load" },
    happen: ({ redis }, visitor) => {
      redis?.bridge.setFaults({ kind: "503-html" })
      return visitor.open("/").catch(() => {})
    },
  },
  "a session that ended under way": {
    only: "redis store",
    expected: { type: "commit-conflict" },
    happen: async ({ visitor }, { jar }) => {
      const late = visitor(new Map(jar)).act(async (session) => {
        session.put("more", SECRET_VALUE)
        await visitor(new Map(jar)).act((other) => other.invalidate())
      })
      await late.catch(() => {})
    },
  },
  "a post from another site": {
    expected: { type: "cross-site-refused", method: "POST" },
    happen: async ({ options }) => {
      request.headers = new Headers({
        host: "app.example",
        origin: "https://evil.example",
        [METHOD_HEADER]: "POST",
      })
      const callback = vi.fn()
      const refused = setup(options).withSession(callback)
      await expect(refused).rejects.toMatchObject({ digest: "NEXT_HTTP_ERROR_FALLBACK;403" })
      expect(callback).not.toHaveBeenCalled()
    },
  },
}

async function validateWrong(options: Started["options"], fields: Record<string, string>): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const validation = setup(options).validate(emptySession(), z.object({ other: z.string("Needed") }), form)
  await expect(validation).rejects.toBeInstanceOf(BackSignal)
}

describe.each(storeKinds)("every event: %s", (kind) => {
  const starts = startsOf(kind)
  const printed: string[] = []

  beforeEach(() => {
    printed.length = 0
    delete (globalThis as Record<symbol, unknown>)[Symbol.for("next-session-kit.printed")]
    delete (globalThis as Record<symbol, unknown>)[Symbol.for("next-session-kit.agreements")]
    for (const method of ["warn", "error", "log", "debug"] as const) {
      vi.spyOn(console, method).mockImplementation((...args: unknown[]) => void printed.push(args.join(" ")))
    }
    return () => vi.restoreAllMocks()
  })

  async function inSituation({ expected, happen }: Situation) {
    const started = starts({ ...lifetimes, tellsSlow: expected.type === "store-slow" })
    const visitor = started.visitor()
    await visitor.act((session) => session.put("secret", SECRET_VALUE))
    await visitor.open("/warm-up")
    const cookie = visitor.jar.get("session") ?? ""
    const { id } = await visitor.open("/")
    started.events.length = 0
    printed.length = 0
    await happen(started, visitor)
    started.redis?.bridge.clearFaults()
    return {
      events: started.events,
      secrets: [SECRET_VALUE, SECRET_TYPED, token, id, cookie, cookie.slice(8, 40)],
    }
  }

  for (const [name, situation] of Object.entries(situations)) {
    if (situation.only !== undefined && situation.only !== kind) continue

    it(`${situation.expected.type} is reported once for ${name}, and says nothing it should not`, async () => {
      const { events, secrets } = await inSituation(situation)
      expect(events).toEqual([situation.expected])
      const told = JSON.stringify(events) + explainEvent(events[0] as SessionEvent).text + printed.join("\n")
      for (const secret of secrets) expect(told).not.toContain(secret)
      vi.restoreAllMocks()
      printClass(`event ${situation.expected.type}: ${name}`, kind, 1, "once, no id, token or value")
    })

    it(`${situation.expected.type} is printed once in development for ${name}, with its code`, async () => {
      vi.stubEnv("NODE_ENV", "development")
      const { code } = explainEvent(situation.expected)
      const { secrets } = await inSituation(situation)
      const first = printed.filter((line) => line.includes(`(${code}: `))
      await inSituation(situation)
      const second = printed.filter((line) => line.includes(`(${code}: `))
      expect([first.length, second.length]).toEqual([1, 0])
      for (const secret of secrets) expect(first.join()).not.toContain(secret)
    })

    it(`${situation.expected.type} is not printed in production for ${name}`, async () => {
      vi.stubEnv("NODE_ENV", "production")
      await inSituation(situation)
      expect(printed).toEqual([])
    })
  }

  it("a hook that throws is printed and breaks nothing", async () => {
    const { options, visitor } = starts(lifetimes)
    options.onEvent = () => {
      throw new Error("the hook is broken")
    }
    const page = await visitor(new Map([["session", "nonsense"]])).open("/")
    expect(page.all()).toEqual({})
    expect(printed).toEqual([expect.stringContaining("the hook is broken")])
  })
})

it("no event type is missing here", () => {
  const types: Record<SessionEvent["type"], true> = {
    "session-unreadable": true,
    "flash-expired": true,
    "old-input-trimmed": true,
    "form-too-large": true,
    "store-slow": true,
    "store-unavailable": true,
    "commit-conflict": true,
    "cross-site-refused": true,
  }
  const tested = Object.values(situations).map(({ expected }) => expected.type)
  expect([...new Set(tested)].toSorted()).toEqual(Object.keys(types).toSorted())
})
