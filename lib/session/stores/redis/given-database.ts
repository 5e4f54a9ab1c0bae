import { SessionError } from "../../core/errors"
import { needsNode } from "../needs-node"
import { askBy, type Ask } from "./ask"
import { askClient, isRedisClient, type RedisClient } from "./client"
import type { SendCommand } from "./commands"
import { OF_THE_ENVIRONMENT, upstashDatabase, type Database } from "./database"
import { isTcp, tcpAddress, type GivenAddress } from "./environment"

/** The ways to a database: by an address, by a client, or by a function. */
interface GivenDatabase extends GivenAddress {
  readonly client?: RedisClient | undefined
  readonly send?: SendCommand | undefined
}

/** @throws SessionError `SESSION_OPTIONS_INVALID`, `SESSION_STORE_NEEDS_NODE` */
export function databaseOf(given: GivenDatabase): Database {
  const { client, send } = given
  refuseTwoWays(given)
  refuseMissing(given)
  if (process.env.NEXT_RUNTIME === "edge" && (client !== undefined || isTcp(given))) {
    throw notOnEdge()
  }
  const own = client === undefined ? send && askBy(send) : checked(client)
  if (own !== undefined) return { connect: () => own, prepare: async () => {}, identity: "a client" }
  // Which of the two it is, the environment may have to say, which `next build` does without.
  const upstash = upstashDatabase(given)
  return {
    connect: () => (isTcp(given) ? askOverTcp(tcpAddress(given)) : upstash.connect()),
    prepare: async () => (isTcp(given) ? (await loadTcp()).loadTcpClient() : upstash.prepare()),
    identity:
      given.url !== undefined && given.url === process.env["REDIS_URL"]
        ? OF_THE_ENVIRONMENT
        : upstash.identity,
  }
}

/** Over TCP, by code that is loaded at the first command: most apps have none, and the Edge runtime cannot. */
function askOverTcp(url: string): Ask {
  let loading: Promise<Ask> | undefined
  return async (command, attempt) => {
    loading ??= loadTcp().then((tcp) => tcp.askOverTcp(url))
    return (await loading)(command, attempt)
  }
}

async function loadTcp(): Promise<typeof import("./tcp")> {
  // A branch like this is left out of a bundle for the Edge runtime.
  if (process.env.NEXT_RUNTIME !== "edge") return import("./tcp")
  throw notOnEdge()
}

function notOnEdge(): SessionError {
  return needsNode("redisStore(), over TCP,", "cookieStore(), or redisStore() with Upstash's two variables")
}

function checked(client: RedisClient): Ask {
  if (isRedisClient(client)) return askClient(client)
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `redisStore({ client }) takes a client of the package redis (createClient, createClientPool, createCluster) or of ` +
      `ioredis. Give any other, such as createSentinel's, as redisStore({ send }) (docs/stores.md).`,
  )
}

function refuseTwoWays(given: GivenDatabase): void {
  const ways = [given.client, given.send, given.url ?? given.token].filter((way) => way !== undefined)
  if (ways.length < 2) return
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `redisStore() was given several ways to its database. It takes one of: client; send; url, with Upstash's token.`,
  )
}

/** What was meant to be there: without it, sessions would be wherever the environment says. */
function refuseMissing(given: GivenDatabase): void {
  const missing = (["client", "send"] as const).find((way) => way in given && given[way] === undefined)
  if (missing === undefined) return
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `redisStore({ ${missing} }) was given undefined. Leave it out for the database that the environment names.`,
  )
}
