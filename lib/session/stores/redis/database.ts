import { askBy, type Ask } from "./ask"
import { upstashAddress, type GivenAddress } from "./environment"
import { loadClient, upstashCommands } from "./upstash"

/** A database, as the store is given one. */
export interface Database {
  /** Reads the environment where nothing was given, and so not before the first use. */
  connect(): Ask
  /** @throws SessionError `SESSION_CLIENT_MISSING` */
  prepare(): Promise<unknown>
  /** Tells it from another, as far as can be known: clients of the app's own cannot be told apart. */
  readonly identity: string
}

/** The identity of whichever database the environment names. */
export const OF_THE_ENVIRONMENT = "of the environment"

/** A database that is asked over HTTP, in Upstash's protocol. */
export function upstashDatabase(given: GivenAddress = {}): Database {
  const isOfEnvironment = !("url" in given) || given.url === process.env["UPSTASH_REDIS_REST_URL"]
  return {
    connect: () => askBy(upstashCommands(upstashAddress(given))),
    prepare: loadClient,
    identity: isOfEnvironment ? OF_THE_ENVIRONMENT : `${given.url}`,
  }
}
