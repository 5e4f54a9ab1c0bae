import { setTimeout as wait } from "node:timers/promises"
import { BadRequest } from "./commands.mjs"
import { sendHtml, sendJson } from "./http.mjs"

const page = "<!doctype html><title>Service Unavailable</title><h1>Service Unavailable</h1>"

/** Faults in place of the command. */
const instead = {
  "drop-before": (response) => response.socket.destroy(),
  hang: () => {},
  401: (response) => sendJson(response, 401, { error: "Unauthorized" }),
  429: (response) => sendJson(response, 429, { error: "ERR max requests limit exceeded" }),
  "503-json": (response) => sendJson(response, 503, { error: "ERR service unavailable" }),
  "503-html": (response) => sendHtml(response, 503, page),
  "200-html": (response) => sendHtml(response, 200, page),
}

/** Faults after the command, in place of its answer. */
const after = {
  "drop-after": (response) => response.socket.destroy(),
  "slow-body": async (response, status, body, milliseconds) => {
    const bytes = Buffer.from(JSON.stringify(body))
    const half = bytes.length >> 1
    response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length })
    response.write(bytes.subarray(0, half))
    if (milliseconds === undefined) return
    await wait(milliseconds, undefined, { ref: false })
    response.end(bytes.subarray(half))
  },
}

const kinds = ["delay", ...Object.keys(instead), ...Object.keys(after)]

/**
 * The faults in force: each `{ kind, times?, skip?, match?, milliseconds? }`. `match` is searched in the
 * body as sent, so inside of a JSON string quotes are escaped. A delay comes before the command, which
 * then runs even if the client has given up: the late write.
 */
export function createFaults() {
  let faults = []

  return {
    /** Replaces what was in force, by one fault or several; the first that applies wins. */
    set(wanted) {
      faults = [wanted].flat().map(checked)
    },
    clear() {
      faults = []
    },
    /** What is to go wrong with this request. Asking counts: for `skip` first, then for `times`. */
    take(text) {
      const matching = faults.filter(({ times, match }) => times > 0 && text.includes(match))
      const due = matching.find((fault) => (fault.skip -= 1) < 0)
      if (due === undefined) return {}
      due.times -= 1
      return { ...due, instead: instead[due.kind], after: after[due.kind] }
    },
  }
}

function checked(wanted) {
  const { kind, times = Infinity, skip = 0, match = "", milliseconds } = wanted ?? {}
  if (!kinds.includes(kind)) throw new BadRequest(`ERR a fault's kind is one of: ${kinds.join(", ")}`)
  if (typeof match !== "string") throw new BadRequest("ERR match is a string")
  if (![times, skip, milliseconds ?? 0].every((value) => typeof value === "number" && value >= 0)) {
    throw new BadRequest("ERR times, skip and milliseconds are numbers of at least 0")
  }
  if (kind === "delay" && milliseconds === undefined) throw new BadRequest("ERR a delay needs milliseconds")
  return { kind, times, skip, match, milliseconds }
}
