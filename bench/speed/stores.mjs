import pg from "pg"

/** Per store that is on a server: what the app is told by its environment. */
export const environments = {
  redis: ({ url, token }) => ({ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token }),
  redisTcp: ({ redisUrl }) => ({ BENCH_STORE: "redis-tcp", REDIS_URL: redisUrl }),
  postgres: ({ postgresUrl }) => ({ BENCH_STORE: "postgres", DATABASE_URL: postgresUrl }),
}

export function postgresPool(postgresUrl) {
  const pool = new pg.Pool({ connectionString: postgresUrl, max: 20 })
  // The server ends before the pool does.
  pool.on("error", () => {})
  return pool
}
