import { describe, expectTypeOf, it } from "vitest"
import type { setup } from "../next/setup"
import { emptySession } from "./empty-session"
import type { Json } from "./json"
import type { JsonShape } from "./json-shape"

// Checked by tsc: none of it does anything when it runs.

type Setup<Data extends object & JsonShape<Data>> = typeof setup<Data>
const accepts = <Data extends object & JsonShape<Data>>(): Setup<Data> | undefined => undefined

interface Line {
  id: string
  note?: string
  tags: readonly string[]
}
interface Tree {
  name: string
  children: Tree[]
  parent?: Tree | null
}
enum Role {
  Reader,
  Writer,
}
interface Good {
  userId: string
  branded: string & { readonly brand: "UserId" }
  choice: "a" | "b" | null
  role: Role
  cart: Line[]
  order: readonly Line[]
  pair: [number, string]
  tree: Tree
  counts: Record<string, number>
  json: Json
  unknown: unknown
  any: any
  details: Record<string, unknown>
  optional?: Line
  nested?: { a?: { b?: number } }
  maybe: string | undefined
  partial: Partial<Line>
  union: { kind: "one"; one: number } | { kind: "many"; many: string[] }
}

describe("the shapes setup takes", () => {
  it("are those that JSON can carry, interfaces and optional keys included", () => {
    accepts<Good>()
    accepts<{ userId: string }>()
    accepts<Record<string, Json>>()
    accepts<Record<string, unknown>>()
    accepts<object>()
    accepts()
  })

  it("are none that it would change", () => {
    class Money {
      readonly amount = 1
      plus(): Money {
        return this
      }
    }
    // @ts-expect-error a Date becomes text
    accepts<{ at: Date }>()
    // @ts-expect-error also far below
    accepts<{ cart: { lines: { at?: Date }[] } }>()
    // @ts-expect-error or beside something good
    accepts<{ at: string | Date }>()
    // @ts-expect-error a Map becomes {}
    accepts<{ seen: Map<string, number> }>()
    // @ts-expect-error a Set becomes {}
    accepts<{ seen: ReadonlySet<string> }>()
    // @ts-expect-error a function is dropped
    accepts<{ run: () => void }>()
    // @ts-expect-error a bigint throws
    accepts<{ big: bigint }>()
    // @ts-expect-error a symbol is dropped
    accepts<{ mark: symbol }>()
    // @ts-expect-error an instance loses its class
    accepts<{ price: Money }>()
    // @ts-expect-error undefined becomes null in a list
    accepts<{ list: (string | undefined)[] }>()
    // @ts-expect-error and is dropped from an object, unless the key is optional
    accepts<{ settings: { theme: string | undefined } }>()
    // @ts-expect-error messages as well
    type Messages = typeof setup<Good, { success: Date }>
    expectTypeOf<Messages>().not.toBeNever()
  })
})

describe("what a session takes", () => {
  const session = emptySession<Good & { count: number; free: number | string }, { note?: string }>()

  it("is no undefined, also where a key is optional", () => {
    session.put("optional", { id: "1", tags: [] })
    // @ts-expect-error forget() removes a value
    session.put("optional", undefined)
    // @ts-expect-error the same
    session.put("maybe", undefined)
    session.flash("note", "text")
    // @ts-expect-error a message is a value
    session.flash("note", undefined)
    // @ts-expect-error the same
    session.now("note", undefined)
    expectTypeOf(session.getFlash("note")).toEqualTypeOf<string>()
  })

  it("is increment for what can hold a number, and for nothing else", () => {
    session.increment("count")
    session.increment("free", 2)
    session.increment("json")
    emptySession().increment("anything")
    // @ts-expect-error text
    session.increment("userId")
    // @ts-expect-error a list
    session.increment("cart")
    // @ts-expect-error a sum need not be one of these
    emptySession<{ level: 1 | 2 }>().increment("level")
    // @ts-expect-error no such key
    session.increment("other")
  })
})
