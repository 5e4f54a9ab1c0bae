import type { JSX } from "react"
import { BACK_FIELD } from "../forms/back-field-name.ts"
import type { Config } from "../next/config.ts"
import { PAGE_HEADER } from "../next/headers.ts"
import { requestSession } from "../next/request.ts"

/** The component `setup` returns: tells a route handler which page the form it stands in is on. */
export function createBackField(config: Config): () => Promise<JSX.Element> {
  return async function BackField() {
    const { headers } = await requestSession(config)
    return <input type="hidden" name={BACK_FIELD} value={headers.get(PAGE_HEADER) ?? ""} />
  }
}
