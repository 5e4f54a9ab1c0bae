/** What the kit promises about its speed, and whether this run kept it. */
export function targets({ pages, middleware, operations, redisOperations, redisPaths, flow }) {
  const ours = pages.rows.find(({ name }) => name === "our session, cookie store")
  const ourMiddleware = middleware.find(({ name }) => name === "ours")
  const cold = operations.filter(({ kind }) => kind === "cold")
  const warm = (kind) => operations.find((row) => row.kind === kind && row.size === "20 keys")
  const [loadWarm, openWarm] = [warm("load warm"), warm("open warm")]
  const loadCold = cold.find((row) => row.name === "load cold" && row.size === "20 keys")
  const commitOfCookie = operations.find(({ kind }) => kind === "commit")
  const slowestCold = cold.reduce((slowest, row) => (row.times < slowest.times ? row : slowest))
  const wrong = redisPaths.paths.filter(({ expected, requests }) => requests !== expected)
  const load = redisOperations.find(({ name }) => name === "load")
  const commit = redisOperations.find(({ name }) => name === "commit one key")
  return [
    target(
      "page, one cookie, of the floor",
      "at least",
      0.97,
      ours.one.ratio,
      `one at a time ${ours.alone.ratio.toFixed(3)}; ${processor(1 / ours.one.cpuRatio)}`,
    ),
    target(
      "page, many people, of getIronSession's",
      "at least",
      1,
      ours.many.toIron,
      processor(1 / ours.many.cpuToIron),
    ),
    target(
      "warm read, times unsealData's speed",
      "at least",
      50,
      loadWarm.times,
      `${processor(loadWarm.cpuTimes)}; with the request's handle ${openWarm.times.toFixed(1)} times getIronSession's`,
    ),
    target(
      `cold open, time of iron-session's, slowest (${slowestCold.name}, ${slowestCold.size})`,
      "at most",
      0.25,
      1 / slowestCold.times,
      processor(1 / slowestCold.cpuTimes),
    ),
    target(
      "cold load, times unsealData's speed",
      "at least",
      10,
      loadCold.times,
      processor(loadCold.cpuTimes),
    ),
    target(
      "commit on the cookie store, times iron-session's speed",
      "at least",
      5,
      commitOfCookie.times,
      processor(commitOfCookie.cpuTimes),
    ),
    target(
      "page with our middleware, of one with an empty middleware",
      "at least",
      0.97,
      ourMiddleware.toEmpty,
      `one at a time ${ourMiddleware.aloneToEmpty.toFixed(3)}; ${processor(1 / ourMiddleware.cpuToEmpty)}`,
    ),
    target(
      "page with our middleware, of one without middleware",
      "at least",
      0.97,
      ourMiddleware.toNone,
      processor(1 / ourMiddleware.cpuToNone),
    ),
    ...flow
      .filter(({ name }) => name === "ours")
      .map(({ javaScript, requests }) =>
        target(
          `requests from form to message, ${javaScript ? "JavaScript" : "no JavaScript"}`,
          "at most",
          javaScript ? 1 : 2,
          requests,
        ),
      ),
    target("requests to Redis that differ from what is promised, paths", "at most", 0, wrong.length),
    target("Redis load, time of the bare client's", "at most", 1.05, load.ratio),
    target("Redis commit, time of the bare client's", "at most", 1.05, commit.ratio),
  ]
}

function target(name, bound, wanted, figure, remark = "") {
  const kept = bound === "at least" ? figure >= wanted : figure <= wanted
  return { name, bound, wanted, figure, kept, remark }
}

const processor = (ratio) => `by processor time ${ratio.toFixed(ratio < 10 ? 3 : 1)}`
