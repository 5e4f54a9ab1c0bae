import { SessionError } from "../../core/errors"
import { patienceOf } from "../patience"
import { failureOf, PostgresFailure } from "./failure"
import type { PostgresPool } from "./pool"

/**
 * Sends a statement until it is answered.
 *
 * @param values by whether an attempt before may have been carried out
 * @param read given the answer's text, or undefined when there is no row; throws when the statement cannot have it
 */
export type Ask = <Answer>(
  statement: string,
  values: (mayHaveRun: boolean) => readonly (string | null)[],
  read: (answer: string | undefined) => Answer,
) => Promise<Answer>

/**
 * Asks a pool, and asks again after what may pass: a deadlock, a serialization failure, a lost connection, an
 * answer that is none. Safe because every statement may be carried out twice: it brings a nonce, or comes to the
 * same. No answer in time is not asked again: the statement may wait in the pool's own queue, where a second one
 * would only make it longer.
 *
 * @param timeoutMilliseconds how long all attempts may take together
 * @param table quoted
 */
export function asking(pool: PostgresPool, timeoutMilliseconds: number, table: string): Ask {
  return async (statement, values, read) => {
    const patience = patienceOf(timeoutMilliseconds)
    let mayHaveRun = false
    for (;;) {
      try {
        const result = query(pool, statement, values(mayHaveRun))
        return read(answerIn(await inTime(result, patience.left())))
      } catch (error) {
        const failure = error instanceof SessionError ? error : failureOf(error, table)
        if (failure instanceof SessionError || !failure.mayPass) throw failure
        mayHaveRun ||= failure.mayHaveRun
        await patience.pause(failure, failure.isAway)
      }
    }
  }
}

/** Async, so that what a client throws at once is a rejection as well. */
async function query(pool: PostgresPool, statement: string, values: readonly (string | null)[]) {
  return pool.query(statement, [...values])
}

/** @returns undefined when there is no row */
function answerIn(result: unknown): string | undefined {
  const rows = typeof result === "object" && result !== null && "rows" in result ? result.rows : undefined
  if (!Array.isArray(rows) || rows.length > 1) throw unexpected()
  if (rows.length === 0) return undefined
  const row: unknown = rows[0]
  const answer = typeof row === "object" && row !== null && "answer" in row ? row.answer : undefined
  if (typeof answer !== "string") throw unexpected()
  return answer
}

export function unexpected(): PostgresFailure {
  return new PostgresFailure("an unexpected answer")
}

async function inTime<Result>(result: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const waitedLongEnough = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PostgresFailure("no answer in time")), milliseconds)
  })
  try {
    return await Promise.race([result, waitedLongEnough])
  } finally {
    clearTimeout(timer)
  }
}
