/** Every row: what, figure, ratio, and for pages the same for many people; a remark. */
export function rowsOf(results) {
  const shown = { pages, middleware, operations, redisOperations, postgresOperations, paths, growth }
  const sections = { ...shown, components, hostile, flow }
  const given = { ...results, components: results.paths?.components }
  return Object.entries(sections).flatMap(([name, rowsIn]) =>
    given[name] === undefined ? [] : rowsIn(given[name]),
  )
}

function pages({ rows, hitRate }) {
  const hits = `cache hits ${percent(hitRate.one)}, many people ${percent(hitRate.many)}`
  return rows.map(({ name, one, many, alone }) => [
    `**page**: ${name}`,
    `${Math.round(one.perSecond)} pages/s`,
    one.ratio.toFixed(3),
    `${Math.round(many.perSecond)} pages/s`,
    many.ratio.toFixed(3),
    `processor ${fixed(one.cpuMilliseconds)} ms (${one.cpuRatio.toFixed(3)}), ` +
      `many ${fixed(many.cpuMilliseconds)} ms (${many.cpuRatio.toFixed(3)})` +
      `${alone ? `; one at a time ${fixed(1000 / alone.perSecond)} ms (${alone.ratio.toFixed(3)})` : ""}${name.includes("cookie store") ? `; ${hits}` : ""}`,
  ])
}

function middleware(rows) {
  return rows.map((row) => [
    `**page**: middleware: ${row.name}`,
    `${Math.round(row.perSecond)} pages/s`,
    row.toNone.toFixed(3),
    "",
    "",
    [
      ...(row.empty
        ? [`of ${row.empty} ${row.toEmpty.toFixed(3)}, one at a time ${row.aloneToEmpty.toFixed(3)}`]
        : []),
      `processor ${fixed(row.cpuMilliseconds)} ms, of none ${row.cpuToNone.toFixed(3)}` +
        (row.empty ? `, of that ${row.cpuToEmpty.toFixed(3)}` : ""),
    ].join("; "),
  ])
}

function operations(rows) {
  return rows.map(({ kind, size, name, microseconds, against, baseMicroseconds, times, cpuTimes }) => [
    `**operation**: ${kind === "middleware" ? "middleware, " : ""}${name}${size ? `, ${size}` : ""}`,
    `${fixed(microseconds)} µs`,
    against ? `${fixed(times)} ×` : "",
    "",
    "",
    against
      ? `as fast as ${against} (${fixed(baseMicroseconds)} µs); by processor time ${fixed(cpuTimes)} ×`
      : `${Math.round(1e6 / microseconds).toLocaleString("en")} per second`,
  ])
}

function redisOperations(rows) {
  return rows.map((row) => beside("Redis", row))
}

function postgresOperations(rows) {
  return rows.map((row) => beside("Postgres", row))
}

function beside(title, { name, on, microseconds, against: [first, ...more] }) {
  const compared = ({ name: bare, microseconds: took }) => `${bare} ${fixed(took)} µs`
  return [
    `**${title}**: ${name}${on === title ? "" : `, ${on}`}`,
    `${fixed(microseconds)} µs`,
    first.ratio.toFixed(3),
    "",
    "",
    [
      `of each pair ${first.pairRatio.toFixed(3)}; ${compared(first)}`,
      ...more.map((other) => `${compared(other)} (${other.ratio.toFixed(3)})`),
    ].join("; "),
  ]
}

function paths({ paths: counted }) {
  return counted.map(({ store, name, requests, expected }) => [
    `**${store}**: ${name}`,
    countOf(requests),
    "",
    "",
    "",
    `promised: ${expected}`,
  ])
}

function components(rows) {
  return rows.map((row) => [
    `**growth**: ${row.components} components read, Redis`,
    `${fixed(row.milliseconds)} ms a page`,
    `${fixed(row.milliseconds / row.floorMilliseconds)} of cookies()'s`,
    "",
    "",
    `processor ${fixed(row.cpu)} ms, cookies() ${fixed(row.floorCpu)} ms`,
  ])
}

/** Of processor time: forms in milliseconds, all else in microseconds. */
function hostile(rows) {
  return rows.map(({ kind, name, sizes: [half, whole], once, twice, times, isTold, isFine, theirs }) => {
    const cost = (figure) => (kind === "form" ? `${fixed(figure / 1000)} ms` : `${fixed(figure)} µs`)
    return [
      `**hostile**: ${kind}, ${name}, ${whole}`,
      cost(twice),
      isTold ? `${fixed(times)} × ${half}'s` : "",
      "",
      "",
      `${half} ${cost(once)}${isTold ? "" : ", too little to tell"}${isFine ? "" : ", MORE THAN TWICE"}` +
        `${theirs === undefined ? "" : `; Next's part ${cost(theirs)}`}`,
    ]
  })
}

function growth({ keys, sizes, firsts, stored }) {
  const onRedis = ({ load, commit }) => `Redis: load ${fixed(load)} µs, commit one key ${fixed(commit)} µs`
  return [
    ...keys.map((row) => [
      `**growth**: ${row.keys} keys`,
      `${fixed(row.warm)} µs warm open`,
      "",
      "",
      "",
      `get ${fixed(row.get)} µs, put ${fixed(row.put)} µs; ${onRedis(row)}`,
    ]),
    ...sizes.map((row) => [
      `**growth**: ${row.kilobytes} KB`,
      `${fixed(row.load)} µs load`,
      "",
      "",
      "",
      onRedis(row),
    ]),
    ...firsts.map(({ on, milliseconds, slowest }) => [
      `**growth**: first load of a 1,000-key session, ${on}`,
      `${fixed(milliseconds)} ms`,
      "",
      "",
      "",
      `slowest ${fixed(slowest)} ms`,
    ]),
    ...stored.map((row) => [
      `**growth**: ${row.sessions} sessions stored`,
      `${fixed(row.load)} µs load`,
      `${(row.load / stored[0].load).toFixed(3)}`,
      "",
      "",
      onRedis(row),
    ]),
  ]
}

function flow(rows) {
  return rows.map((row) => [
    `**flow**: ${row.name}, ${row.javaScript ? "JavaScript" : "no JavaScript"}`,
    countOf(row.requests),
    "",
    "",
    "",
    `${row.scripts > 0 ? `besides ${row.scripts} for Next's own scripts; ` : ""}${row.bytesSent} bytes sent, ${row.bytesReceived} received; shown: ${yes(row.shown)}, again on reload: ${yes(row.shownAgainOnReload)}`,
  ])
}

const countOf = (requests) => `${requests} ${requests === 1 ? "request" : "requests"}`
const yes = (is) => (is ? "yes" : "no")
const percent = (ratio) => `${(ratio * 100).toFixed(ratio > 0.99 && ratio < 1 ? 2 : 0)} %`
const fixed = (figure) => (figure >= 100 ? String(Math.round(figure)) : figure.toPrecision(3))
