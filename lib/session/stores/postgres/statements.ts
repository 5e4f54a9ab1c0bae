import { ACTION_CLAIM_SECONDS } from "../../core/delivery"
import { MOVED_SECONDS } from "../../core/moved-ids"

/**
 * Answers of commits that a session keeps for retries, at most, and for how long, in seconds: a client may retry for
 * as long, and what a visitor can make a session hold stays small.
 */
const MAX_ANSWERS = 50
const ANSWER_SECONDS = 60

export type Statements = ReturnType<typeof statementsFor>

/**
 * What the store does, each in one statement, which is one transaction: through a pool, two of them may take two
 * connections. All times are Unix seconds of the caller's clock. Every answer is one row with one text,
 * `answer`, so that no driver's own reading of numbers and JSON is between.
 *
 * `locked` is the session as it is once nobody else works on it: under READ COMMITTED a row that had to be waited
 * for is read again, and its condition with it. What a statement writes is computed from that, and from nothing it
 * saw before. A row that is not locked is as the statement found it when it began.
 *
 * A session's `flash` has per id an object: `delivery`, `expires` or null, and of who claimed it `by`, `at`,
 * `nonce`, `settles` (when the claim is over). `answers` is a list of [nonce, at, sums], the last one last.
 *
 * @param table quoted
 */
export function statementsFor(table: string) {
  /** Whether a row is what a session became that had the id `$1` until a moment ago, or is still under it. */
  const isOrWas = (now: string) =>
    `s.id = $1 OR (s.moved_from ? $1 AND (s.moved_from ->> $1)::float8 > ${now})`
  /** When a delivery is over, by the rule of `overAt`. */
  const over = (delivery: string) =>
    `LEAST((${delivery} ->> 'expires')::float8, (${delivery} ->> 'settles')::float8)`

  const answerOf = (row: string, isLocked: string) =>
    `json_build_object('data', ${row}.data, 'flash', ${row}.flash, 'createdAt', ${row}.created_at,
  'expiresAt', ${row}.expires_at, 'isLocked', ${isLocked})::text AS answer`

  return {
    /**
     * `take` where nothing is claimed, as by most pages: planned in a sixth of the time. A page is shown the session
     * as it was when the statement began, and forgets what is over in it as it is by then.
     *
     * $1 id, $2 now in whole seconds.
     */
    read: `
WITH written AS (
  UPDATE ${table} s SET (flash, due) = (
    SELECT COALESCE(jsonb_object_agg(d.key, d.value) FILTER (WHERE (${over("d.value")} <= $2::float8) IS NOT TRUE), '{}'),
      MIN(${over("d.value")}) FILTER (WHERE ${over("d.value")} > $2::float8)
    FROM jsonb_each(s.flash) d
  )
  WHERE s.id = $1 AND s.expires_at > $2::float8 AND s.due <= $2::float8
  RETURNING s.id
)
SELECT ${answerOf("o", "EXISTS (SELECT FROM written)")} FROM ${table} o WHERE o.id = $1`,

    /** `take` where nothing can be written. $1 id. */
    look: `SELECT ${answerOf("o", "false")} FROM ${table} o WHERE o.id = $1`,

    /**
     * Reads a session, claims deliveries by the rule of `winsClaim`, and forgets those that are over, by that of
     * `overAt`. Where nothing is over and nothing asked for that is there, no row is locked or written.
     *
     * $1 id, $2 now in whole seconds, $3 per delivery wanted: `over`, and `claim`, which is what it gets.
     * Answers with `flash` as it was before anything was forgotten, its claims made.
     */
    take: `
WITH wanted AS (
  SELECT key, value FROM jsonb_each($3::text::jsonb)
), locked AS (
  SELECT s.* FROM ${table} s
  WHERE s.id = $1 AND s.expires_at > $2::float8
    AND (s.due <= $2::float8 OR EXISTS (SELECT FROM wanted w WHERE s.flash -> w.key IS NOT NULL))
  FOR UPDATE OF s
), deliveries AS (
  SELECT d.key, CASE
    WHEN (d.value ->> 'expires')::float8 > $2::float8
      AND d.value -> 'nonce' IS DISTINCT FROM w.value -> 'claim' -> 'nonce'
      AND (d.value -> 'by' IS NULL
        OR w.value -> 'over' @> (d.value -> 'by')
        OR (d.value ->> 'by' = 'action' AND $2::float8 - (d.value ->> 'at')::float8 >= ${ACTION_CLAIM_SECONDS}))
    THEN d.value || COALESCE(w.value -> 'claim', '{}') ELSE d.value END AS value
  FROM locked l CROSS JOIN LATERAL jsonb_each(l.flash) d LEFT JOIN wanted w ON w.key = d.key
), flash AS (
  SELECT COALESCE(jsonb_object_agg(d.key, d.value), '{}') AS all_there,
    COALESCE(jsonb_object_agg(d.key, d.value) FILTER (WHERE (${over("d.value")} <= $2::float8) IS NOT TRUE), '{}') AS kept,
    MIN(${over("d.value")}) FILTER (WHERE ${over("d.value")} > $2::float8) AS due
  FROM deliveries d
), written AS (
  UPDATE ${table} t SET flash = f.kept, due = f.due
  FROM locked l, flash f
  WHERE t.id = l.id AND (f.kept <> l.flash OR f.due IS DISTINCT FROM l.due)
)
SELECT ${answerOf("s", "s.is_locked")} FROM (
  SELECT l.data, f.all_there AS flash, l.created_at, l.expires_at, true AS is_locked FROM locked l, flash f
  UNION ALL
  SELECT o.data, o.flash, o.created_at, o.expires_at, false FROM ${table} o
  WHERE o.id = $1 AND NOT EXISTS (SELECT FROM locked)
) s`,

    /**
     * Alters a live session, and moves it to its new id. What it came to is kept under the operation's nonce: a
     * retry after a lost answer is answered, not repeated.
     *
     * $1 id as stored, $2 as it is from now on, $3 now, $4 nonce, $5 whether this is a retry, $6 changes, $7
     * created at, $8 expires at. Answers `status` with `sums` or `key`: "ok"; "gone"; "pulled"; "not-a-number";
     * "unknown", when it is a retry and as many commits came since as there are answers kept.
     */
    change: `
WITH asked AS (
  SELECT $6::text::jsonb AS changes
), locked AS (
  SELECT s.* FROM ${table} s
  WHERE (s.id = $1 AND s.expires_at > $3::float8)
    OR (s.id = $2 AND s.answers @> jsonb_build_array(jsonb_build_array($4::text)))
  FOR UPDATE
), given AS (
  SELECT a.value -> 2 AS sums FROM locked l, jsonb_array_elements(l.answers) a WHERE a.value ->> 0 = $4
), pulled AS (
  SELECT p.key FROM locked l, asked, jsonb_each(changes -> 'pulled') p
  WHERE l.data -> p.key IS DISTINCT FROM p.value LIMIT 1
), added AS (
  SELECT a.key, CASE WHEN jsonb_typeof(COALESCE(l.data -> a.key, '0')) = 'number' THEN
    -- Half a step above the greatest number: from there on a sum would round to infinity.
    CASE WHEN abs(COALESCE(l.data ->> a.key, '0')::numeric + a.value::numeric) < 1.797693134862315807e308
    THEN to_jsonb(COALESCE(l.data ->> a.key, '0')::float8 + a.value::float8) END END AS sum
  FROM locked l, asked, jsonb_each_text(changes -> 'add') a
), refused AS (
  SELECT key FROM added WHERE sum IS NULL LIMIT 1
), verdict AS (
  SELECT CASE
    WHEN EXISTS (SELECT FROM given) THEN 'given'
    WHEN $5::boolean AND jsonb_array_length(l.answers) >= ${MAX_ANSWERS} THEN 'unknown'
    WHEN EXISTS (SELECT FROM pulled) THEN 'pulled'
    WHEN EXISTS (SELECT FROM refused) THEN 'not-a-number'
    ELSE 'ok' END AS status,
    COALESCE(
      (SELECT sums FROM given),
      (SELECT jsonb_object_agg(key, sum) FROM added WHERE sum IS NOT NULL),
      '{}'
    ) AS sums
  FROM locked l
), deliveries AS (
  SELECT COALESCE(d.key, a.key) AS key,
    COALESCE(d.value, '{}') || COALESCE(t.value, '{}') || COALESCE(a.value, '{}') AS value
  FROM (
    SELECT e.* FROM locked l, asked,
      jsonb_each(l.flash - ARRAY(SELECT jsonb_array_elements_text(changes -> 'dropFlash'))) e
  ) d
  LEFT JOIN (SELECT e.* FROM asked, jsonb_each(changes -> 'trimFlash') e) t ON t.key = d.key
  FULL JOIN (SELECT e.* FROM asked, jsonb_each(changes -> 'flash') e) a ON a.key = d.key
), flash AS (
  SELECT COALESCE(jsonb_object_agg(d.key, d.value), '{}') AS kept, MIN(${over("d.value")}) AS due FROM deliveries d
), written AS (
  UPDATE ${table} t SET
    id = $2,
    data = (l.data - ARRAY(SELECT jsonb_array_elements_text(changes -> 'forget'))) || (changes -> 'put') || v.sums,
    flash = f.kept,
    due = f.due,
    created_at = $7::float8,
    expires_at = $8::float8,
    moved_from = (
      SELECT jsonb_object_agg(m.key, m.value) FROM (
        SELECT key, value FROM jsonb_each(l.moved_from) WHERE value::text::float8 > $3::float8
        UNION ALL
        SELECT $1::text, to_jsonb($3::float8 + ${MOVED_SECONDS}) WHERE $1::text <> $2::text
      ) m
    ),
    answers = (
      SELECT COALESCE(jsonb_agg(a.value ORDER BY a.at), '[]') FROM (
        SELECT e.value, e.at FROM jsonb_array_elements(l.answers) WITH ORDINALITY e (value, at)
        WHERE (e.value ->> 1)::float8 > $3::float8 - ${ANSWER_SECONDS}
        ORDER BY e.at DESC LIMIT ${MAX_ANSWERS - 1}
      ) a
    ) || jsonb_build_array(jsonb_build_array($4::text, $3::float8, v.sums))
  FROM locked l, asked, verdict v, flash f
  WHERE t.id = l.id AND v.status = 'ok'
)
SELECT COALESCE(
  (SELECT json_build_object(
    'status', CASE WHEN v.status = 'given' THEN 'ok' ELSE v.status END,
    'sums', v.sums,
    'key', CASE v.status WHEN 'pulled' THEN (SELECT key FROM pulled) WHEN 'not-a-number' THEN (SELECT key FROM refused) END
  )::text FROM verdict v),
  '{"status":"gone"}'
) AS answer`,

    /**
     * Makes a session where another one dies, with what that became within the last minute.
     *
     * $1 id of the one that dies, $2 of the new one, $3 now, $4 data, $5 flash, $6 due, $7 created at, $8 expires
     * at, $9 what was pulled. Answers `status`: "ok", also when the new one is there already, as it is for a retry;
     * "pulled" with `key`; "gone" when something was pulled and the session is no longer there.
     */
    wipe: `
WITH locked AS (
  SELECT s.id, s.data, s.id = $1 AND s.expires_at > $3::float8 AS is_live FROM ${table} s
  WHERE ${isOrWas("$3::float8")} OR s.id = $2
  FOR UPDATE
), pulled AS (
  SELECT p.key FROM locked l, jsonb_each($9::text::jsonb) p
  WHERE l.is_live AND l.data -> p.key IS DISTINCT FROM p.value LIMIT 1
), verdict AS (
  SELECT CASE
    WHEN $1::text <> $2::text AND EXISTS (SELECT FROM locked WHERE id = $2) THEN 'ok'
    WHEN EXISTS (SELECT FROM pulled) THEN 'pulled'
    WHEN $9::text::jsonb <> '{}' AND NOT EXISTS (SELECT FROM locked WHERE is_live) THEN 'gone'
    ELSE 'ok' END AS status
), dead AS (
  -- Not by the id in \`locked\`: a row that was waited for is found by what it was when the statement began.
  DELETE FROM ${table} s USING verdict v
  WHERE (${isOrWas("$3::float8")}) AND s.id <> $2 AND v.status <> 'pulled'
), born AS (
  INSERT INTO ${table} AS t (id, data, flash, due, created_at, expires_at)
  SELECT $2, $4::text::jsonb, $5::text::jsonb, $6::float8, $7::float8, $8::float8 FROM verdict v WHERE v.status = 'ok'
  ON CONFLICT (id) DO UPDATE SET data = excluded.data, flash = excluded.flash, due = excluded.due,
    created_at = excluded.created_at, expires_at = excluded.expires_at, answers = NULL
  WHERE $1::text = $2::text
)
SELECT json_build_object('status', v.status, 'key', (SELECT key FROM pulled))::text AS answer FROM verdict v`,

    /** Makes or replaces a session. $1 id, $2 data, $3 flash, $4 due, $5 created at, $6 expires at. */
    save: `
INSERT INTO ${table} (id, data, flash, due, created_at, expires_at)
VALUES ($1, $2::text::jsonb, $3::text::jsonb, $4::float8, $5::float8, $6::float8)
ON CONFLICT (id) DO UPDATE SET data = excluded.data, flash = excluded.flash, due = excluded.due,
  created_at = excluded.created_at, expires_at = excluded.expires_at, answers = NULL
RETURNING '{"status":"ok"}' AS answer`,

    /** Ends a session, or what it became within the last minute. $1 id, $2 now. Answers how many there were. */
    destroy: `
WITH dead AS (
  DELETE FROM ${table} s WHERE ${isOrWas("$2::float8")} RETURNING 1
)
SELECT count(*)::text AS answer FROM dead`,

    /** Removes a batch of what has expired, and waits for nobody. $1 now, $2 how many at most. Answers how many. */
    gc: `
WITH expired AS (
  SELECT s.id FROM ${table} s WHERE s.expires_at <= $1::float8 ORDER BY s.expires_at LIMIT $2::int
  FOR UPDATE SKIP LOCKED
), dead AS (
  DELETE FROM ${table} t USING expired e WHERE t.id = e.id AND t.expires_at <= $1::float8 RETURNING 1
)
SELECT count(*)::text AS answer FROM dead`,

    /** Fails where the table is missing, or is another one. Reads no row. */
    probe: `
SELECT count(*)::text AS answer FROM (
  SELECT id, data, flash, due, created_at, expires_at, moved_from, answers FROM ${table} WHERE false
) s`,
  }
}
