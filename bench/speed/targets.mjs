/** What the kit promises about its speed, and whether this run kept it; of the sections that ran. */
export function targets(results) {
  const sections = { pages, operations, middleware, flow, paths, redisOperations, growth, hostile }
  return Object.entries(sections).flatMap(([name, targetsOf]) =>
    results[name] === undefined ? [] : targetsOf(results[name]),
  )
}

function pages({ rows }) {
  const page = (wanted) => rows.find(({ name }) => name === wanted)
  const ours = page("our session, cookie store")
  const onServer = (name, least) => {
    const { one, many } = page(`our session, ${name}`)
    const remark = `many people ${many.ratio.toFixed(3)}; ${processor(1 / one.cpuRatio)}`
    return atLeast(`page, ${name}, of the floor on its server`, least, one.ratio, remark)
  }
  return [
    atLeast(
      "page, one cookie, of the floor",
      0.98,
      ours.one.ratio,
      `one at a time ${ours.alone.ratio.toFixed(3)}; ${processor(1 / ours.one.cpuRatio)}`,
    ),
    atLeast("page, many people, of the floor", 0.97, ours.many.ratio, processor(1 / ours.many.cpuRatio)),
    atLeast(
      "page, many people, of getIronSession's",
      1,
      ours.many.toIron,
      processor(1 / ours.many.cpuToIron),
    ),
    onServer("Redis, TCP", 0.93),
    onServer("Postgres", 0.9),
  ]
}

function operations(rows) {
  const cold = rows.filter(({ kind }) => kind === "cold")
  const of20Keys = (list, wanted) => list.find(({ name, size }) => name === wanted && size === "20 keys")
  const [loadWarm, openWarm] = [of20Keys(rows, "load warm"), of20Keys(rows, "open warm")]
  const [loadCold, openCold] = [of20Keys(cold, "load cold"), of20Keys(cold, "open cold")]
  const commitOfCookie = rows.find(({ kind }) => kind === "commit")
  const slowestCold = cold.reduce((slowest, row) => (row.times < slowest.times ? row : slowest))
  return [
    atLeast(
      "warm read, times unsealData's speed",
      50,
      loadWarm.times,
      `${processor(loadWarm.cpuTimes)}; with the request's handle ${openWarm.times.toFixed(1)} times getIronSession's`,
    ),
    atMost(
      `cold open, time of iron-session's, slowest (${slowestCold.name}, ${slowestCold.size})`,
      0.25,
      1 / slowestCold.times,
      processor(1 / slowestCold.cpuTimes),
    ),
    atLeast("cold open, times getIronSession's speed", 10, openCold.times, processor(openCold.cpuTimes)),
    atLeast("cold load, times unsealData's speed", 10, loadCold.times, processor(loadCold.cpuTimes)),
    atLeast(
      "commit on the cookie store, times iron-session's speed",
      5,
      commitOfCookie.times,
      processor(commitOfCookie.cpuTimes),
    ),
  ]
}

function middleware(rows) {
  return rows
    .filter(({ empty }) => empty !== undefined)
    .flatMap(({ name, empty, toEmpty, aloneToEmpty, cpuToEmpty, toNone, cpuToNone }) => [
      atLeast(
        `page with ${name}, of one with ${empty}`,
        0.97,
        toEmpty,
        `one at a time ${aloneToEmpty.toFixed(3)}; ${processor(1 / cpuToEmpty)}`,
      ),
      atLeast(`page with ${name}, of one without middleware`, 0.97, toNone, processor(1 / cpuToNone)),
    ])
}

function flow(rows) {
  return rows
    .filter(({ name }) => name === "ours")
    .map(({ javaScript, requests }) =>
      atMost(
        `requests from form to message, ${javaScript ? "JavaScript" : "no JavaScript"}`,
        javaScript ? 1 : 2,
        requests,
      ),
    )
}

function paths({ paths: counted }) {
  return ["Redis", "Redis, TCP", "Postgres"].map((name) => {
    const wrong = counted.filter(({ store, expected, requests }) => store === name && requests !== expected)
    const remark = wrong.map((path) => `${path.name}: ${path.requests} for ${path.expected}`).join(", ")
    return atMost(`paths whose requests to ${name} are not as many as promised`, 0, wrong.length, remark)
  })
}

function redisOperations(rows) {
  return rows
    .filter(({ on }) => on === "REST" || on === "TCP")
    .map(({ name, on, against: [bare, untimed] }) =>
      atMost(
        `Redis ${name}, ${on}, time of the bare client's`,
        1.05,
        bare.ratio,
        untimed && `of ${untimed.name} ${untimed.ratio.toFixed(3)}`,
      ),
    )
}

function growth({ firsts }) {
  return firsts.map(({ on, milliseconds, slowest }) =>
    atMost(
      `first load of a 1,000-key session, ${on}, ms`,
      2,
      milliseconds,
      `slowest ${slowest.toPrecision(3)}`,
    ),
  )
}

function hostile(rows) {
  const steep = rows.filter(({ isFine }) => !isFine)
  const names = steep.map(({ kind, name }) => `${kind}, ${name}`).join("; ")
  return [atMost("hostile inputs that cost more than twice when twice as long", 0, steep.length, names)]
}

function atLeast(name, wanted, figure, remark = "") {
  return { name, bound: "at least", wanted, figure, kept: figure >= wanted, remark }
}

function atMost(name, wanted, figure, remark = "") {
  return { name, bound: "at most", wanted, figure, kept: figure <= wanted, remark }
}

const processor = (ratio) => `by processor time ${ratio.toFixed(ratio < 10 ? 3 : 1)}`
