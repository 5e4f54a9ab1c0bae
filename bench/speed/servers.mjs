import { startMigratedPostgres, startServices } from "../services.mjs"

/**
 * The databases that are wanted, each empty and ours alone.
 *
 * @param names of "redis", with the bridge before it, and "postgres"
 */
export async function startWanted(names) {
  const redis = names.includes("redis") ? await startServices() : undefined
  const postgres = names.includes("postgres") ? await startMigratedPostgres() : undefined
  return {
    /** Requests that the bridge was sent. */
    requests: redis?.requests,
    /** What Postgres writes for connections that ask for it. */
    postgresLog: postgres?.logFile,
    /** For another process. */
    addresses: {
      ...(redis && { url: redis.url, token: redis.token, redisUrl: redis.redisUrl }),
      ...(postgres && { postgresUrl: postgres.url }),
    },
    stop: () => Promise.all([redis?.stop(), postgres?.stop()]),
  }
}
