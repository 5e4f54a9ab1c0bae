import fc from "fast-check"
import { keysByHand, passwordByHand, sealByKeys, sealByPassword, SESSION_PURPOSE } from "./seals-by-hand"

/**
 * What a client can send in place of a cookie it was given, by class. None of it may open a session;
 * each opening reports one reason. Used against the kit's functions and, byte for byte, over HTTP.
 */

/** One request's Cookie headers. Each character is one byte, as in HTTP: `bytesOf` makes them from text. */
export interface BadInput {
  readonly cookies: readonly string[]
  /** How many reasons an opening reports: none when no cookie has the session's name. */
  readonly reasons: 0 | 1
}

export interface BadInputClass {
  readonly name: string
  readonly inputs: readonly BadInput[]
}

export interface BadInputOptions {
  /** The name the server reads. */
  readonly cookieName: string
  /** The values of that cookie in two live sessions. */
  readonly one: string
  readonly two: string
  /** What the server seals with, to seal with it what is no session; omitted for stores that seal nothing. */
  readonly secret?: string
  readonly seed: number
}

export const SECURITY_SEED = Number(process.env.SECURITY_SEED ?? 20_260_715)

/** The one line a class prints. */
export function printClass(
  name: string,
  where: string,
  count: number,
  outcome: string,
  slowest?: number,
): void {
  const time = slowest === undefined ? "" : ` | slowest ${slowest.toFixed(1)} ms`
  console.log(`security | ${name} | ${where} | ${count} inputs | ${outcome}${time}`)
}

export function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1")
}

const hostileNames = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"]

/** Names the stores themselves use, besides those every object has. */
export const hostileKeys = [
  ...hostileNames,
  "_data",
  "_flash",
  "id",
  "createdAt",
  "expiresAt",
  "meta",
  "data:meta",
  'data:"meta"',
  "flash:f",
  "claim:f",
  "answer",
  "",
  " ",
  "\0",
  "🍪",
  "a b\n",
]

/** What an application must be told it cannot store. */
export const notJson: readonly (readonly [name: string, value: unknown])[] = [
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["BigInt", 1n],
  ["Date", new Date(0)],
  ["Map", new Map([["a", 1]])],
  ["Set", new Set([1])],
  ["undefined", undefined],
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a cyclic object", cyclic({})],
  ["a cyclic list", cyclic([])],
  ["a depth of 10,000", nested(10_000)],
]

function cyclic(value: object): object {
  return Object.assign(value, { 0: value })
}

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

/** The names of the classes, for tests that need them before there is a cookie to spoil. */
export const badInputTitles = [
  "empty",
  "bare name",
  "one character",
  "truncated at every offset",
  "every bit flipped",
  "parts of two valid cookies swapped",
  "wrong, removed and old secrets",
  "another purpose",
  "version changed",
  "4,096, 4,097, 8 K and 16 K",
  "percent signs, NUL, line breaks and tabs",
  "quotes, commas and equals signs",
  "lone surrogates, emoji and right-to-left",
  "base64 padding and alphabets",
  "duplicates, in both orders and in two headers",
  "names that only look like ours",
  "names every object has, and the stores' own",
  "JSON that is no session",
  "depth 10,000, 10,000 keys, 64 KB",
  "a thousand random strings",
]

export async function badInputClasses(options: BadInputOptions): Promise<BadInputClass[]> {
  const { cookieName: name, one, two } = options
  const [time = "", value = ""] = splitOnce(one, ".")
  const [, other = ""] = splitOnce(two, ".")

  const named = (text: string): BadInput => ({ cookies: [`${name}=${bytesOf(text)}`], reasons: 1 })
  const whole = (cookie: string): BadInput => ({ cookies: [bytesOf(cookie)], reasons: 1 })
  /** In place of the whole value, and in place of what the store made. */
  const both = (text: string) => [named(text), named(`${time}.${text}`)]
  const encoded = (text: string) => both(encodeURIComponent(text))
  const classOf = (title: string, ...inputs: (BadInput | BadInput[])[]) => ({
    name: title,
    inputs: inputs.flat(),
  })

  const printable = Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at)).filter(
    (character) => character !== ";",
  )
  const seals = await sealsOf(options)
  const flips = Array.from(value, (character, at) =>
    Array.from({ length: 8 }, (_, bit) => {
      const flipped = String.fromCharCode(character.charCodeAt(0) ^ (1 << bit))
      return {
        cookies: [`${name}=${time}.${value.slice(0, at)}${flipped}${value.slice(at + 1)}`],
        reasons: 1,
      } as const
    }),
  )
  const junk = `${time}.junk`
  const padTo = (length: number) =>
    `${value}${"x".repeat(Math.max(0, length - name.length - 1 - time.length - 1 - value.length))}`

  return [
    classOf(
      "empty",
      whole(`${name}=`),
      whole(`;${name}=;`),
      whole(`a=b; ${name}=`),
      named(`${time}.`),
      named("."),
      named(`.${value}`),
    ),
    classOf("bare name", whole(name), whole(`${name};`), whole(`a=b; ${name}`), whole(`${name}; a=b`)),
    classOf("one character", ...printable.map((character) => both(character))),
    classOf("truncated at every offset", ...Array.from(one, (_, length) => named(one.slice(0, length)))),
    classOf("every bit flipped", ...flips),
    classOf(
      "parts of two valid cookies swapped",
      ...swaps(value, other).map((text) => named(`${time}.${text}`)),
    ),
    classOf("wrong, removed and old secrets", ...seals.otherSecrets.map(both)),
    classOf("another purpose", ...seals.otherPurposes.map(both), both("/cart%20/%20"), both("/cart / ")),
    classOf(
      "version changed",
      ...["~0", "~1", "~3", "~9", "~22", "~2.5", "~", "", "~2~2"].map((tail) =>
        named(`${time}.${value.replace(/~\d$/, "")}${tail === "" && !value.includes("~") ? "A" : tail}`),
      ),
      ...["Fe26.1", "Fe26.3", "Fe25.2", "fe26.2", "Fe27.2", ""].map((head) =>
        named(`${time}.${value.includes("*") ? value.replace(/^[^*]+/, head) : head + value.slice(0, -1)}`),
      ),
    ),
    classOf(
      "4,096, 4,097, 8 K and 16 K",
      ...[4096, 4097, 8192, 16_384].flatMap((length) => [
        both("x".repeat(length)),
        both("*".repeat(length)),
        named(`${time}.${padTo(length)}x`),
      ]),
    ),
    classOf(
      "percent signs, NUL, line breaks and tabs",
      ...[
        "%",
        "%%",
        "%E0%A4%A",
        "%zz",
        "%u0041",
        `${value}%`,
        "%00",
        `${value}%00`,
        `%00${value}`,
        `${value}%0d%0aset-cookie:%20a=b`,
        "%0a",
        `${value}%0a`,
        `${value}%09`,
        `\t${value}`,
        `${value.slice(0, 9)}\t${value.slice(9)}`,
        "a\0b",
        `${value.slice(1)}\r\nx-evil: 1`,
      ].map(both),
    ),
    classOf(
      "quotes, commas and equals signs",
      ...[
        '"',
        '""',
        `"${value}"`,
        `'${value}'`,
        `"${time}.${value}"`,
        `${value}"`,
        ",",
        `${value},`,
        `${value},${value}`,
        "=",
        `=${value}`,
        `${value}=`,
        `${value}==`,
        "a=b=c",
        "\\",
        `\\"${value}\\"`,
      ].map(both),
    ),
    classOf(
      "lone surrogates, emoji and right-to-left",
      ...["\ud800", "\udfff", "🍪🍪🍪", "‮جلسة", "ｓｅｓｓｉｏｎ", "e\u0301", "\ufeff", "\u2028"].map(both),
      ...["🍪", "‮جلسة", "\ufeff", "\u2028"].map(encoded),
      both("%ED%A0%80"),
      both("%C0%80"),
      both("%F0%9F%8D"),
    ),
    classOf("base64 padding and alphabets", ...base64Variants(value).map((text) => named(`${time}.${text}`))),
    classOf(
      "duplicates, in both orders and in two headers",
      ...[
        ["x", "y"],
        [junk, "x"],
        ["x", junk],
        [junk, `${time}.${"A".repeat(32)}`],
        [one, junk],
        [one, ""],
        [two, "x"],
      ].flatMap(([first, last]) => [
        { cookies: [`${name}=${first}; ${name}=${last}`], reasons: 1 } as const,
        { cookies: [`${name}=${first}`, `${name}=${last}`], reasons: 1 } as const,
      ]),
    ),
    classOf(
      "names that only look like ours",
      ...lookAlikes(name).map((alike): BadInput => ({ cookies: [`a=b; ${alike}=${one}; c=d`], reasons: 0 })),
    ),
    classOf("names every object has, and the stores' own", ...hostileKeys.map(encoded)),
    classOf(
      "JSON that is no session",
      ...[
        "[]",
        "{}",
        "123",
        '"text"',
        "null",
        "true",
        "[[[]]]",
        '{"id":"x","_data":{"visited":"ada"}}',
        '{"__proto__":{"id":"x"}}',
      ].flatMap((json) => [both(json), encoded(json)]),
      ...seals.notSessions.map(both),
    ),
    classOf(
      "depth 10,000, 10,000 keys, 64 KB",
      both("[".repeat(10_000)),
      both(encodeURIComponent('{"a":'.repeat(1_000))),
      both(JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, at])))),
      both("A".repeat(65_536)),
      both("a*".repeat(32_768)),
    ),
    { name: `a thousand random strings (seed ${options.seed})`, inputs: randomInputs(options, time) },
  ]
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Of a seal its parts; of an id its halves, at every place. */
function swaps(one: string, two: string): string[] {
  const [a, b] = [one.split("*"), two.split("*")]
  const isSwap = (text: string) => text !== one && text !== two
  if (a.length === 1) {
    return Array.from(one, (_, at) => [one.slice(0, at) + two.slice(at), two.slice(0, at) + one.slice(at)])
      .flat()
      .filter(isSwap)
  }
  const singles = a.flatMap((_, at) => [a.with(at, b[at] ?? ""), b.with(at, a[at] ?? "")])
  const tails = a.map((_, at) => [...a.slice(0, at), ...b.slice(at)])
  const pairs = a.flatMap((_, x) => a.map((__, y) => a.with(x, a[y] ?? "").with(y, a[x] ?? "")))
  const lengths = [a.slice(1), a.slice(0, -1), [...a, ...b], [...a, ""], ["", ...a]]
  return [...singles, ...tails, ...pairs, ...lengths].map((parts) => parts.join("*")).filter(isSwap)
}

function base64Variants(value: string): string[] {
  const swapped = [
    value.replaceAll("-", "+").replaceAll("_", "/"),
    value.replaceAll("-", "%2B"),
    value.replaceAll("_", "%2F"),
  ]
  const padded = ["=", "==", "===", "%3D", "%3D%3D", ".", "-", "_"].map((tail) => value + tail)
  const inside =
    value.split("*").length > 1
      ? ["=", "A", "."].map((tail) => value.replace("**", `${tail}**`))
      : [`${value.slice(0, 16)}=${value.slice(17)}`]
  const shifted = [
    value.toLowerCase(),
    value.toUpperCase(),
    [...value].toReversed().join(""),
    ` ${value.slice(0, -1)}`,
    `${value.slice(0, -1)} `,
  ]
  return [...swapped, ...padded, ...inside, ...shifted].filter(
    (text) => text !== value && text.trim() !== value,
  )
}

/** Browsers keep `__Host-` for the site itself; what a server takes for the same name must not undo that. */
function lookAlikes(name: string): string[] {
  const bare = name.replace(/^__Host-/, "")
  const names = [
    bare,
    `__Host-${bare}`,
    `__Secure-${bare}`,
    `__host-${bare}`,
    `__HOST-${bare}`,
    `__Host-${bare.toUpperCase()}`,
  ]
  const around = ["\t", "\xa0", "\x85", bytesOf("\u2000"), bytesOf("\ufeff"), "\v", '"', "$", "."].flatMap(
    (odd) => [odd + name, name + odd],
  )
  const inside = [
    `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`,
    `${name}[]`,
    `${name} `,
    `${name}%00`,
    `${name.slice(0, -1)}`,
    `${name}${name}`,
  ]
  return [...names, ...around, ...inside].filter((alike) => alike !== name)
}

interface Seals {
  /** These open, to show that the others are refused for what is wrong with them and for nothing else. */
  readonly controls: readonly string[]
  readonly otherSecrets: readonly string[]
  readonly otherPurposes: readonly string[]
  readonly notSessions: readonly string[]
}

export async function sealsOf({
  secret = "no-secret-at-all-8Vb2Kq9Lw4Xz7Rt5",
}: BadInputOptions): Promise<Seals> {
  const session = {
    id: "A".repeat(32),
    createdAt: Math.floor(Date.now() / 1000),
    expiresAt: 9_999_999_999,
    _data: { visited: "ada" },
    _flash: {},
  }
  const [id, password] = passwordByHand(secret)
  const keys = keysByHand(secret)
  const underOurIds = (wrong: string, purpose?: string) => [
    sealByKeys(session, { ...keysByHand(wrong, purpose), id: keys.id }),
    sealByPassword(session, [id, purpose === undefined ? wrong : purpose + wrong]),
  ]
  const secrets = [
    "wrong-3Fh8Jk2Ls9Qw5Er1Ty6Ui4Op7Az",
    "old-9dKw2Lq8Zr5Xt1Bn6Vc3Ms7Hf4Gj0P",
    secret.slice(0, -1) + (secret.endsWith("x") ? "y" : "x"),
    secret.toUpperCase().padEnd(32, "x"),
    `${secret} `,
  ]
  const purposes = [
    "",
    "next-session-kit/flash/v1:",
    "next-session-kit/session/v2:",
    "next-session-kit/session/v",
    `${SESSION_PURPOSE}::`,
    "next-session-kit/:",
  ]
  const contents = [
    [],
    [1],
    1,
    "text",
    null,
    true,
    {},
    { ...session, id: undefined },
    { ...session, id: "short" },
    { ...session, expiresAt: "9999999999" },
    { ...session, createdAt: null },
    { _data: session },
    [session],
    { ...session, expiresAt: 1 },
  ]
  return {
    controls: [await sealByKeys(session, keys), await sealByPassword(session, [id, password])],
    otherSecrets: await Promise.all(
      secrets.flatMap((wrong) => [
        ...underOurIds(wrong),
        sealByKeys(session, keysByHand(wrong)),
        sealByPassword(session, [id, `${SESSION_PURPOSE}:${wrong}`]),
      ]),
    ),
    otherPurposes: await Promise.all(
      purposes.flatMap((purpose) => [
        ...underOurIds(secret, purpose),
        sealByKeys(session, keysByHand(secret, purpose)),
        sealByPassword(session, ["1", purpose + secret]),
      ]),
    ),
    notSessions: await Promise.all(
      contents.flatMap((content) => [sealByKeys(content, keys), sealByPassword(content, [id, password])]),
    ),
  }
}

function randomInputs({ cookieName, seed }: BadInputOptions, time: string): BadInput[] {
  const text = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 300 }),
    fc.string({ minLength: 1, maxLength: 300 }),
    fc.base64String({ minLength: 4, maxLength: 300 }),
    fc
      .array(fc.string({ maxLength: 20 }), { minLength: 7, maxLength: 9 })
      .map((parts) => `Fe26.2*${parts.join("*")}~2`),
  )
  const input = fc
    .tuple(text, fc.constantFrom("", `${time}.`), fc.boolean())
    .map(([random, before, encode]): BadInput => {
      const value = encode
        ? encodeURIComponent(random.replace(/\p{Surrogate}/gu, "?"))
        : bytesOf(random.replaceAll(";", ":"))
      return { cookies: [`${cookieName}=${before}${value}`], reasons: 1 }
    })
  return fc.sample(input, { numRuns: 1000, seed })
}
