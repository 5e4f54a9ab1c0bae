/**
 * All the store asks of a Postgres client: one statement with its values, in the shape of node-postgres's
 * `query`. `pg.Pool` has it, and so have Neon's and Vercel's, Neon's `neon(url, { fullResults: true })` and PGlite.
 */
export interface PostgresPool {
  /** Rejects with an error that has the SQLSTATE as its `code` where Postgres itself answered with one. */
  query(text: string, values: (string | null)[]): PromiseLike<{ readonly rows: readonly unknown[] }>
}

/** Whether it keeps connections, as pools do and a client over HTTP does not. */
export function keepsConnections(pool: PostgresPool): boolean {
  return "connect" in pool && typeof pool.connect === "function"
}

export function isPool(value: unknown): value is PostgresPool {
  // Neon's client over HTTP is a function that has `query` besides.
  const isHolder = (typeof value === "object" && value !== null) || typeof value === "function"
  return isHolder && "query" in value && typeof value.query === "function"
}
