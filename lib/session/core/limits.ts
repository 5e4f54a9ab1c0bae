/**
 * Every limit there is, with its unit and its reason; docs/limits.md lists them. What a visitor sends is checked
 * against its limit before anything that takes longer the more there is. Lifetimes are in `lifetime.ts`, the times of the
 * delivery rule in `delivery.ts`.
 */

/** What a form can have too much of. */
export type FormLimit = "fields" | "name" | "text" | "nesting"

/** Fields of one form, a repeated one counted each time: where PHP, Django and Express stop as well. */
export const MAX_FIELDS = 1000

/** Characters of a field's name: `orders[12].items[34].options[5].description` has 43. */
export const MAX_NAME_CHARACTERS = 200

/** Characters of all text of one form: what Next takes in the body of an action, where nobody raised it. */
export const MAX_TEXT_CHARACTERS = 1_048_576

/** Characters of the address by which a form names its page; what is longer, few servers and proxies take. */
export const MAX_ADDRESS_CHARACTERS = 4096

/** Characters of the path that a message keeps beside it; of a longer one it keeps a hash. */
export const MAX_KEPT_PATH_CHARACTERS = 256

/** The highest index of a list: it has no more items than the form may have fields. */
export const MAX_INDEX = MAX_FIELDS - 1

/** Steps of a nested name: a form people fill in has three or four, and readers of it are recursive. */
export const MAX_NAME_STEPS = 12

/**
 * Empty places in all lists of one form together. Removed rows leave some; without a limit, 1,000 names
 * like `rows[7][999]` would be a list of a million places.
 */
export const MAX_EMPTY_PLACES = 1000

/**
 * Bytes of JSON of what one form gets back of what was typed, and of the names of what it does not, in any
 * store, and of what waits for all forms of a session: ten pages of prose, and a session that an anonymous
 * visitor can fill stays small.
 */
export const MAX_OLD_BYTES = 32_768

/**
 * Deliveries of a session that wait at once; of more the oldest go. Each one costs the browser a token, and a
 * person is never on the way to more pages than a few.
 */
export const MAX_WAITING = 8

/** Secret fields of one form whose text is looked for in messages. */
export const MAX_SECRET_FIELDS = 20

/**
 * Issues of a schema that are looked at: as many as there can be fields.
 * @alias
 */
export const MAX_ISSUES = MAX_FIELDS

/** Messages kept per field: nobody reads more beside one. */
export const MAX_MESSAGES_PER_FIELD = 10

/** Characters of one message: two sentences. Some schemas repeat in it what was typed. */
export const MAX_MESSAGE_CHARACTERS = 500

/** Bytes of JSON of all messages of one form: some 200 of a sentence each. Those that wait are kept in it, too. */
export const MAX_ERROR_BYTES = 16_384

/** Names of fields that one event lists: a visitor chose them, and an application may log them all. */
export const MAX_EVENT_NAMES = 20

/** Characters of one name, and names in one list, that an error or event prints. */
export const MAX_PRINTED_CHARACTERS = 80
export const MAX_PRINTED_NAMES = 5

/** Different warnings that one process prints: a name in them may be a visitor's. */
export const MAX_WARNINGS = 500

/** Characters of one line of trace: what a request did, or the names that a visitor gave a thousand fields. */
export const MAX_TRACE_CHARACTERS = 2000

/** Steps into a value that is stored: a recursive reader somewhere down the line would run out of stack. */
export const MAX_VALUE_DEPTH = 100

/** Bytes of a cookie's name, value and attributes: browsers drop one that exceeds it (RFC 6265bis, 5.6). */
export const MAX_COOKIE_BYTES = 4096

/** Delivery tokens of a request that are looked at: more than a person can have waiting. */
export const MAX_TOKENS = 16

/** Characters of a path in a token; of a longer one it holds a hash. */
export const MAX_TOKEN_PATH_CHARACTERS = 64

/** Seals that this process remembers, and characters of all of them: as many as of the largest a cookie can hold. */
export const MAX_CACHED_SEALS = 500
export const MAX_CACHED_CHARACTERS = MAX_CACHED_SEALS * MAX_COOKIE_BYTES

/** Bytes of JSON that one commit sends to Redis or Postgres: Upstash's smallest limit is 1 MB, with what surrounds it. */
export const MAX_CHANGES_BYTES = 1_000_000

/** Characters of a secret at least: iron-session's own minimum; 32 random bytes in base64 are 44. */
export const MIN_SECRET_CHARACTERS = 32

/** How often in its idle lifetime a session that somebody only reads is renewed at most. */
export const RENEWALS_PER_IDLE = 12
