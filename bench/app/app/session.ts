import { createStore, setup, type Json } from "next-session-kit"
import { naiveCallbacks } from "../../naive-store.mjs"

/** BENCH_STORE=naive is the competitor; otherwise the kit chooses by its environment, as in any app. */
function chosenStore() {
  if (process.env.BENCH_STORE !== "naive") return undefined
  const { UPSTASH_REDIS_REST_URL: url = "", UPSTASH_REDIS_REST_TOKEN: token = "" } = process.env
  return createStore(naiveCallbacks({ url, token, retries: process.env.BENCH_RETRIES === "default" }))
}

const store = chosenStore()

export const { getSession, withSession, sessionMiddleware, register } = setup<
  Record<string, Json>,
  { success: string }
>(store === undefined ? {} : { store })
