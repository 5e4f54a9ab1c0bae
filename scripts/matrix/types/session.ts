import { createStore, setup, SessionError, type SessionStore, type SetupOptions } from "next-session-kit"
import { cookieStore } from "next-session-kit/stores/cookie"
import { memoryStore } from "next-session-kit/stores/memory"
import { postgresStore, type PostgresPool } from "next-session-kit/stores/postgres"
import { redisStore, type SendCommand } from "next-session-kit/stores/redis"

/** An app's session, with its types given and every option used: what is packed has to type it. */
export interface Data {
  userId: string
  visits: number
}

export interface Flash {
  success: string
  order: { id: number; lines: string[] }
}

const send: SendCommand = async (command) => command[0]

const pool: PostgresPool = { query: async () => ({ rows: [] }) }

export const stores: SessionStore[] = [
  cookieStore(),
  memoryStore(),
  redisStore({ send }),
  redisStore({ url: "https://redis.example", token: "secret" }),
  postgresStore({ pool, table: "auth.sessions", timeoutMilliseconds: 2000 }),
  createStore({
    load: async () => undefined,
    save: async () => {},
    destroy: async () => {},
    gc: async () => {},
    cookieValue: async (id) => id,
  }),
]

const options: SetupOptions = {
  store: cookieStore(),
  cookieName: "shop",
  idleSeconds: 60,
  absoluteSeconds: 600,
  flashSeconds: 60,
  prerenderedPaths: ["/about"],
  secretFields: ["pin"],
  allowedOrigins: ["partner.example"],
  onEvent: (event) => void event.type,
}

export const {
  getSession,
  withSession,
  sessionAction,
  stateAction,
  sessionRoute,
  sessionMiddleware,
  register,
  validate,
  back,
  FlashMessages,
} = setup<Data, Flash>(options)

export function codeOf(error: unknown): string | undefined {
  return error instanceof SessionError ? error.code : undefined
}
