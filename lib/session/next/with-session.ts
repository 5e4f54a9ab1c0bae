import type { Config } from "./config"
import { answerOf, backSignalOf, isReading } from "./ending"
import { asciiUrl, withBasePath } from "./location"
import { notStorable } from "./no-store"
import { runCallback, type Ended, type SessionCallback } from "./run-callback"
import { forbiddenSignal, readNextSignal, redirectSignal } from "./signals"

/**
 * Runs `callback` with the request's session. Its caller gets what the callback returned, and goes on with
 * nothing else: every other ending is thrown on, as something Next answers by itself.
 */
export async function runWithSession(config: Config, callback: SessionCallback): Promise<unknown> {
  const ended = await runCallback(config, { boundaryOf: () => "callback" }, callback)
  if (ended === undefined) throw forbiddenSignal()
  if ("thrown" in ended.ending)
    throw ended.isNested ? ended.ending.thrown : thrownOn(ended, ended.ending.thrown)
  const answer = ended.isNested ? undefined : answerOf(ended)
  return answer === undefined ? ended.ending.value : notStorable(answer, ended.setsCookies)
}

/** What an outermost callback's ending is thrown on as, for Next to answer. */
export function thrownOn(ended: Ended, thrown: unknown): unknown {
  const { caller, site, backTo, ending, method } = ended
  if (backSignalOf(ending) !== undefined) {
    // Next's router adds the base path to what it follows; a browser does not.
    const url = caller === "action" ? backTo : site.basePath + backTo
    return redirectSignal({ url, type: "replace", status: 303 })
  }
  const signal = readNextSignal(thrown)
  if (signal?.kind !== "redirect" || caller === "action") return thrown
  if (caller === "form-post") return redirectSignal({ ...signal, url: withBasePath(signal.url, site) })
  // Next's 307 would repeat a POST. A permanent redirect is kept by caches, and its cookies with it.
  const isPermanent = signal.status === 308 && !(ended.setsCookies && isReading(method))
  return redirectSignal({ ...signal, url: asciiUrl(signal.url), status: isPermanent ? 308 : 303 })
}
