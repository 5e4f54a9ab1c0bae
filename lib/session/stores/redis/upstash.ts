import type { Redis } from "@upstash/redis"
import { SessionError } from "../../core/errors"
import { CommandFailed, RedisReplyError, type SendCommand } from "./commands"

export interface UpstashOptions {
  readonly url: string
  readonly token: string
}

/** Commands over @upstash/redis, which is loaded at the first one. Runs on Node and on the Edge runtime. */
export function upstashCommands(options: UpstashOptions): SendCommand {
  let client: Promise<Redis> | undefined
  // The client asks for the signal of a command before it first waits, so this is always its own.
  let signalOfNext: AbortSignal
  return async (command, signal) => {
    const redis = await (client ??= connect(options, () => signalOfNext))
    try {
      signalOfNext = signal
      return await redis.exec([...command] as [string, ...string[]])
    } catch (error) {
      throw scrubbed(error)
    }
  }
}

async function connect({ url, token }: UpstashOptions, signal: () => AbortSignal): Promise<Redis> {
  const { Redis } = await loadClient()
  return new Redis({
    url,
    token,
    // It would turn "123" into a number, and a field named __proto__ into a prototype.
    automaticDeserialization: false,
    // All we store is text, which survives without base64 around it.
    responseEncoding: false,
    // It would send the commands of unrelated requests together, to share their fate.
    enableAutoPipelining: false,
    // Retrying is ours: the client also repeats what was carried out.
    retry: { retries: 0 },
    // A function, because a plain signal turns a timeout into an answer of null: a silent sign-out.
    signal,
    enableTelemetry: false,
  })
}

/**
 * The client is an optional peer: an app without Redis does not install it, and its build must not ask for it.
 * webpack knows that by the manifest, Turbopack by the comment (vercel/next.js#97870).
 *
 * @throws SessionError `SESSION_CLIENT_MISSING`
 */
export async function loadClient(): Promise<typeof import("@upstash/redis")> {
  try {
    return await import(/* turbopackOptional: true */ "@upstash/redis")
  } catch (error) {
    throw new SessionError(
      "SESSION_CLIENT_MISSING",
      "The Redis store needs the package @upstash/redis, which is not installed. Run: npm install @upstash/redis.",
      { cause: error },
    )
  }
}

/** What the client throws contains the whole command: ids and data. Nothing of that may reach a log. */
function scrubbed(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("the request failed")
  if (error.name === "UpstashError") return answeredError(error.message)
  if (error.name === "UpstashJSONParseError") return new Error("the answer was not JSON")
  if (error.name === "TimeoutError" || error.name === "AbortError") return new Error("no answer in time")
  const { cause } = error
  return new CommandFailed("the request failed", cause instanceof Error && "code" in cause && cause.code)
}

/**
 * The client keeps the text of an error and drops the HTTP status it came with. Redis begins its errors
 * with a word for their kind, but `ERR` also comes from what stands in front of it, with a 429 or a 503: of
 * that kind, only the one the store acts on is known to be Redis's own. The rest may pass.
 */
function answeredError(message: string): Error {
  const [text = ""] = message.split(", command was: ", 1)
  if (text === "Unauthorized") return new RedisReplyError("NOAUTH")
  const reply = new RedisReplyError(text)
  return reply.kind !== "ERR" || reply.refusesFlags ? reply : new Error("the server answered with an error")
}
