import pg from "pg"
import { createCluster } from "redis"
import { importLibrary } from "../build.mjs"
import { naiveCallbacks } from "../naive-store.mjs"
import { httpDriver } from "./http.mjs"
import { storeDriver } from "./store.mjs"

/**
 * A driver does to one session store, or to apps that use it, what the scenarios ask. Writes answer
 * "ok" when they were acknowledged, "refused" when there was no session to begin with, "gone" when it
 * ended under way; they throw when nobody knows whether they were carried out. One that keeps its process running
 * has a `close`.
 *
 * @param spec plain data, so that it reaches client processes
 */
export async function openDriver({ kind, store, origins, url, urls, token, retries }) {
  if (kind === "http") return httpDriver(origins)
  const { createStore, openStore } = await importLibrary("core/store.js")
  if (store === "naive") return storeDriver(openStore(createStore(naiveCallbacks({ url, token, retries }))))
  if (store === "postgres") {
    const { postgresStore } = await importLibrary("stores/postgres.js")
    return storeDriver(openStore(postgresStore({ pool: postgresPool(url) })))
  }
  const { redisStore } = await importLibrary("stores/redis/redis-store.js")
  if (store === "redis-cluster") {
    const client = createCluster({ rootNodes: urls.map((node) => ({ url: node })) })
    return { ...storeDriver(openStore(redisStore({ client }))), close: () => client.destroy() }
  }
  return storeDriver(openStore(redisStore({ url, token })))
}

function postgresPool(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 20 })
  // Unheard, a connection that is cut while nobody uses it would end the process.
  pool.on("error", () => {})
  return pool
}
