import type { Claimant, KeptClaim } from "../../core/claim"
import { overAt } from "../../core/delivery"
import { isJsonObject, type Json, type JsonObject } from "../../core/json"
import type { StoredRecord } from "../take-live"
import { NO_SESSION } from "./replies"

/**
 * Reads what TAKE answers: fields and values in turn, a line each.
 *
 * @param nonce the claims made by this operation are its own
 * @param now as TAKE was told, Unix time in seconds
 * @returns undefined when it is no session
 */
export function readRecord(id: string, reply: string, nonce: string, now: number): StoredRecord | undefined {
  if (reply === NO_SESSION) return undefined
  const lines = reply.split("\n")
  let meta = ""
  let due = Infinity
  const data: [json: string, value: string][] = []
  const deliveries = new Map<string, string>()
  const claims = new Map<string, string>()
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [field = "", value = ""] = [lines[at], lines[at + 1]]
    const name = field.slice(field.indexOf(":") + 1)
    if (field === "meta") meta = value
    else if (field === "due") due = Number(value)
    else if (field.startsWith("data:")) data.push([name, value])
    else if (field.startsWith("flash:")) deliveries.set(name, value)
    else if (field.startsWith("claim:")) claims.set(name, value)
  }
  const [createdAt = NaN, expiresAt = NaN] = meta.split(" ").map(Number)
  if (!Number.isFinite(createdAt) || !Number.isFinite(expiresAt)) return undefined

  // What TAKE left alone is there to be found by the next commit.
  const isOver = (delivery: string) =>
    due <= now && overAt(expiryIn(deliveries.get(delivery)), claimIn(claims.get(delivery))) <= now
  const others = [...claims].filter(([, claim]) => !claim.endsWith(` ${nonce}`)).map(([delivery]) => delivery)
  const unclaimed = [...deliveries.keys()].filter((delivery) => !others.includes(delivery))
  const flashOf = (ids: readonly string[]) =>
    jsonObject(ids.map((delivery) => [JSON.stringify(delivery), textIn(deliveries.get(delivery))]))
  return {
    id,
    createdAt,
    expiresAt,
    data: jsonObject(data),
    flash: flashOf(unclaimed.filter((delivery) => !isOver(delivery))),
    claimed: others
      .filter((delivery) => !isOver(delivery))
      .map((delivery) => ({ id: delivery, settled: false })),
    expired: flashOf(unclaimed.filter(isOver)),
  }
}

/** A delivery is kept as "<expiresAt> <JSON>". */
function expiryIn(delivery: string | undefined): number | undefined {
  return delivery === undefined ? undefined : Number.parseInt(delivery, 10)
}

function textIn(delivery = ""): string {
  return delivery.slice(delivery.indexOf(" ") + 1)
}

function claimIn(claim: string | undefined): KeptClaim | undefined {
  const [by, at] = claim?.split(" ") ?? []
  return by === undefined ? undefined : { by: by as Claimant, at: Number(at) }
}

/** From members that are JSON already. What is not was not written by us and is left out. */
function jsonObject(members: readonly (readonly [name: string, value: string])[]): JsonObject {
  const whole = parse(`{${members.map(([name, value]) => `${name}:${value}`).join()}}`)
  if (isJsonObject(whole) && Object.keys(whole).length === members.length) return whole
  return Object.fromEntries(
    members.flatMap(([name, text]): [string, Json][] => {
      const value = parse(text)
      return value === undefined ? [] : [[String(parse(name)), value]]
    }),
  )
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
