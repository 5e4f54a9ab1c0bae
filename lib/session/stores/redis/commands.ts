/**
 * All the store asks of a Redis client: send one command in one request. Another client fits by a
 * function of this shape.
 *
 * @param signal aborted when the answer is no longer waited for
 * @returns the reply: strings, numbers, null, arrays of these; strings exactly as they are stored
 * @throws RedisReplyError when Redis answered with an error: the command did not run
 * @throws any other error when it is not known whether the command ran
 */
export type SendCommand = (command: readonly string[], signal: AbortSignal) => Promise<unknown>

/** An error that Redis itself answered. Its text may repeat what was sent, so only this much is kept. */
export class RedisReplyError extends Error {
  override readonly name = "RedisReplyError"
  /** Redis's own word for the kind of error, for example `NOSCRIPT`. */
  readonly kind: string
  /** Answered to EVAL: the server knows no such flag in the first line of a script. Only Upstash's does. */
  readonly refusesFlags: boolean

  /** @param advice what to do about an error of this kind, by kind */
  constructor(text: string, advice: Readonly<Record<string, string>> = {}) {
    const kind = /^[A-Z]{2,20}\b/.exec(text)?.[0] ?? "ERR"
    super(`Redis answered ${kind}${Object.hasOwn(advice, kind) ? advice[kind] : ""}`)
    this.kind = kind
    // From its first word on: behind it an error may repeat what was sent, and that may say anything.
    this.refusesFlags = /^ERR (Unexpected flag in script shebang|Error compiling script)\b/.test(text)
  }
}

/** By its name, not its class: a module may have been evaluated twice. */
export function isReplyError(error: unknown): error is RedisReplyError {
  return error instanceof Error && error.name === "RedisReplyError"
}

/** Whether an answer means "not now"; every other answer stays what it is. */
export function isPassing({ kind }: RedisReplyError): boolean {
  return ["BUSY", "LOADING", "TRYAGAIN", "MASTERDOWN", "CLUSTERDOWN", "READONLY"].includes(kind)
}

/** Whether every operation would be answered so, until a setting is changed. */
export function isRefusal({ kind }: RedisReplyError): boolean {
  return ["NOAUTH", "WRONGPASS", "NOPERM", "MOVED", "ERR"].includes(kind)
}

/** What is told of a command that failed without an answer; what the client says may contain the command. */
export class CommandFailed extends Error {
  /** Node's word for what is wrong with the connection, such as ECONNRESET. */
  readonly code: string | undefined

  /** @param code shown only when it is such a word */
  constructor(text: string, code: unknown) {
    const word = typeof code === "string" && /^[A-Z_]{3,30}$/.test(code) ? code : undefined
    super(word === undefined ? text : `${text}: ${word}`)
    this.code = word
  }
}
