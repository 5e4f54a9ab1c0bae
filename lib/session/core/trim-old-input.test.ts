import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cookieStore } from "../stores/cookie/cookie-store"
import type { Delivery, FormFeedback } from "./flash"
import { deliveriesToJson } from "./flash"
import { jsonBytes } from "./json"
import { MAX_OLD_BYTES } from "./limits"
import { openStore } from "./store"
import { fitOldInput, trimOldInput } from "./trim-old-input"
import { arbitraryText } from "../test-support/arbitrary"

const errors: FormFeedback["errors"] = [["email", ["Not an e-mail"]]]
const feedback = (old: [string, string[]][], rest: Partial<FormFeedback> = {}): FormFeedback => ({
  bag: "",
  errors,
  old,
  ...rest,
})

describe("fitOldInput", () => {
  it("leaves alone what fits", () => {
    const small = feedback([["bio", ["x".repeat(MAX_OLD_BYTES - 20)]]])
    expect(fitOldInput(small)).toEqual({ feedback: small, fields: [] })
    expect(fitOldInput({ bag: "", errors })).toEqual({ feedback: { bag: "", errors }, fields: [] })
  })

  it("drops the longest first and says so", () => {
    const long = feedback(
      [
        ["a", ["short"]],
        ["b", ["x".repeat(20_000)]],
        ["c", ["x".repeat(15_000), "x"]],
      ],
      { withheld: ["password"] },
    )
    expect(fitOldInput(long)).toEqual({
      feedback: {
        bag: "",
        errors,
        old: [long.old?.[0], long.old?.[2]],
        withheld: ["password", "b"],
        trimmed: true,
      },
      fields: ["b"],
    })
  })

  it("gives nothing back where the names of what is not given back do not fit either", () => {
    const name = (n: number) => `${n}${"n".repeat(190)}`
    const many = feedback(Array.from({ length: 1000 }, (_, n) => [name(n), ["x"]]))
    const { feedback: kept, fields } = fitOldInput(many)
    expect([kept, fields.length]).toEqual([{ bag: "", errors, trimmed: true }, 1000])
    const secret = feedback([["a", ["b"]]], { withheld: Array.from({ length: 1000 }, (_, n) => name(n)) })
    expect(fitOldInput(secret).feedback).toEqual({ bag: "", errors, trimmed: true })
  })

  // Their JSON has more bytes than the text has characters.
  it.each(['"', "\n", "\u0000", "🍪", "\ud800", "ж"])("counts bytes of JSON: %j", (unit) => {
    const { feedback: kept, fields } = fitOldInput(feedback([["text", [unit.repeat(20_000)]]]))
    expect([kept.old, kept.trimmed, fields]).toEqual([[], true, ["text"]])
  })

  it("never keeps more than it may, of any input", () => {
    const text = fc.tuple(arbitraryText(3), fc.nat(20_000)).map(([unit, n]) => unit.repeat(n))
    const old = fc.array(fc.tuple(fc.string(), fc.array(text, { maxLength: 3 })), { maxLength: 8 })
    fc.assert(
      fc.property(old, (given) => {
        const { feedback: kept, fields } = fitOldInput(feedback(given))
        expect(jsonBytes([kept.old ?? [], kept.withheld ?? []])).toBeLessThanOrEqual(MAX_OLD_BYTES + 3)
        expect((kept.old?.length ?? 0) + fields.length).toBe(given.length)
        expect(kept.old === undefined ? [] : (kept.withheld ?? []).toSorted()).toEqual(
          kept.old === undefined ? [] : fields.toSorted(),
        )
        expect(kept.trimmed ?? false).toBe(fields.length > 0)
      }),
      { numRuns: 100 },
    )
  })
})

const MAX_COOKIE_BYTES = 4000

/** As a commit does it: seals, and trims by as much as is too much, until it fits. */
async function trimmedToCookie(
  form: FormFeedback,
  cookieBytes: (waiting: ReadonlyMap<string, Delivery>) => number | Promise<number>,
) {
  let waiting: ReadonlyMap<string, Delivery> = new Map([
    ["d", { to: "/", expiresAt: 1, messages: [], forms: [form] }],
  ])
  let rounds = 0
  for (let bytes = await cookieBytes(waiting); bytes > MAX_COOKIE_BYTES; bytes = await cookieBytes(waiting)) {
    rounds += 1
    const trimmed = trimOldInput(waiting, bytes - MAX_COOKIE_BYTES)
    if (trimmed === undefined) return { rounds, form: undefined }
    waiting = trimmed.waiting
  }
  return { rounds, form: waiting.get("d")?.forms[0] }
}

const store = openStore(cookieStore({ secret: "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa" }))
async function sealed(waiting: ReadonlyMap<string, Delivery>): Promise<number> {
  const value = await store.cookieValue("id", {}, deliveriesToJson(waiting), {
    createdAt: 0,
    expiresAt: 2_000_000_000,
  })
  return value.length
}

describe("trimOldInput", () => {
  const thousand = Array.from({ length: 1000 }, (_, n): [string, string[]] => [`field${n}`, ["x"]])
  const inputs: Record<string, [string, string[]][]> = {
    "one long text": [["bio", ["x".repeat(30_000)]]],
    "thirty of 1 KB": Array.from({ length: 30 }, (_, n) => [`field${n}`, ["x".repeat(1000)]]),
    "thirty of different length": Array.from({ length: 30 }, (_, n) => [`field${n}`, ["x".repeat(n * 60)]]),
    quotes: Array.from({ length: 30 }, (_, n) => [`field${n}`, ['"'.repeat(500)]]),
    emoji: Array.from({ length: 30 }, (_, n) => [`field${n}`, ["🍪".repeat(250)]]),
    "lone surrogates": Array.from({ length: 30 }, (_, n) => [`field${n}`, ["\ud800".repeat(160)]]),
  }

  it.each(Object.entries(inputs))(
    "needs three rounds at most and gives back what fits: %s",
    async (_, old) => {
      const { rounds, form } = await trimmedToCookie(feedback(old), sealed)
      expect(rounds).toBeLessThanOrEqual(3)
      expect(form).toMatchObject({ errors, trimmed: true })
      // What was dropped last would not have fitted, give or take the eighth that a round drops at least.
      if (old.length > 1) expect(jsonBytes(form?.old)).toBeGreaterThan(1400)
    },
  )

  it("gives nothing of a thousand small ones back: their names take as much room as they do", async () => {
    const { rounds, form } = await trimmedToCookie(feedback(thousand), sealed)
    expect([rounds, form]).toEqual([1, { bag: "", errors, trimmed: true }])
  })

  it.each([
    ["compresses", (json: string) => json.length / 20],
    ["writes hexadecimal", (json: string) => json.length * 2],
    ["escapes twice", (json: string) => encodeURIComponent(JSON.stringify(json)).length],
  ])("needs few rounds for a store that %s", async (_, length) => {
    for (const old of [thousand, ...Object.values(inputs)]) {
      const bytes = (waiting: ReadonlyMap<string, Delivery>) => 3500 + length(JSON.stringify([...waiting]))
      const { rounds, form } = await trimmedToCookie(feedback(old), bytes)
      expect(rounds).toBeLessThanOrEqual(20)
      expect(form?.errors).toEqual(errors)
    }
  })

  it("gives up messages when nothing typed is left, the last ones first", async () => {
    const many = Array.from({ length: 200 }, (_, n): [string, string[]] => [
      `field${n}`,
      [`Message number ${n}`, "again"],
    ])
    const { rounds, form } = await trimmedToCookie(
      feedback([["bio", ["x".repeat(3000)]]], { errors: many, withheld: ["password"] }),
      sealed,
    )
    expect(rounds).toBeLessThanOrEqual(6)
    expect([form?.old, form?.withheld]).toEqual([undefined, undefined])
    expect(form?.errors.length).toBeGreaterThan(20)
    expect(form?.errors).toEqual(many.slice(0, form?.errors.length))
  })

  it("keeps one message of one field, and then has nothing left to give", () => {
    const forms = [
      { bag: "", old: [], errors: [["a", ["1", "2"]]] satisfies FormFeedback["errors"], withheld: ["pin"] },
    ]
    const waiting = new Map([["d", { to: "/", expiresAt: 1, messages: [], forms }]])
    const nameless = trimOldInput(waiting, 1000)?.waiting ?? new Map()
    expect(nameless.get("d")?.forms).toEqual([{ bag: "", errors: [["a", ["1", "2"]]], trimmed: true }])
    const trimmed = trimOldInput(nameless, 1000)?.waiting ?? new Map()
    expect(trimmed.get("d")?.forms).toEqual([{ bag: "", errors: [["a", ["1"]]], trimmed: true }])
    expect(trimOldInput(trimmed, 1000)).toBeUndefined()
    expect(trimOldInput(new Map(), 1000)).toBeUndefined()
  })
})
