import fc from "fast-check"
import type { Json, JsonObject } from "../core/json"

/** Generators for the kit's own property tests. */

const hostileKeys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "_data",
  "_flash",
  "id",
  "createdAt",
  "expiresAt",
  "",
  " ",
  "🍪",
  "\0",
  "\ud800",
]

/** Text of any UTF-16 units, also of half characters; made faster than by `unit: "binary"`. */
export const arbitraryText = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.nat(0xffff), { maxLength }).map((codes) => String.fromCharCode(...codes))

/** Mostly a few keys, so that they meet; sometimes anything. */
export const arbitraryKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("a", "b", "c") },
  { weight: 3, arbitrary: fc.constantFrom(...hostileKeys) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
)

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>("", 0, false, null),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.integer(),
  // JSON writes -0 as 0.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.boolean(),
)

export const { value: arbitraryJson } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(arbitraryKey, tie("value")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}))

/** `fromEntries` defines its properties, so `__proto__` is one of them. */
export const arbitraryObject: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(arbitraryKey, arbitraryJson), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries))
