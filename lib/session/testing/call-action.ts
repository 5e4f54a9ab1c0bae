import { NextRequest } from "next/server"
import { isThenable } from "../core/awaitable"
import { normalizePath } from "../core/path"
import { requestSession } from "../next/request-session"
import { readNextSignal, type NextSignal } from "../next/signals"
import type { ActionAnswer } from "./answer"
import { formHeaders, routerHeaders } from "./browser-requests"
import { openScope, type NextRequestScope } from "./in-next"
import { lastOfEach } from "./jar"
import { misused } from "./misused"
import { readAnswer, type Ending, type Written } from "./read-answer"
import { browserOf, type Tab } from "./tab"
import { locationOf, throughMiddleware } from "./through-middleware"

type AnyAction = (...args: never[]) => unknown
type AnyAnswer = ActionAnswer<unknown, object, object>

/** Posts to the page on screen, as the browser does, and runs the action as Next's server does. */
export async function callAction(tab: Tab, action: AnyAction, args: readonly unknown[]): Promise<AnyAnswer> {
  refuseOthers(action, args)
  const hasForm = args.some((arg) => arg instanceof FormData)
  const headers = tab.javaScript
    ? routerHeaders(browserOf(tab), idOf(action), hasForm)
    : formHeaders(browserOf(tab))
  const url = tab.origin + tab.at
  const passed = await throughMiddleware(tab.middleware, { url, method: "POST", headers })
  tab.jar.take(passed.setCookies)
  if (passed.answer !== undefined) {
    const ending = endingOfMiddleware(passed.answer)
    return { ...(await readAnswer(tab, ending, passed.setCookies)), returned: undefined }
  }

  const request = new NextRequest(url, { method: "POST", headers: passed.headers })
  const scope = openScope(tab.next, request, "page")
  const ended = await endOf(() => scope.runAction(() => action(...(args as never[]))))
  const isValue = "value" in ended
  const shown = isValue && (scope.rerenders || !tab.javaScript) ? await shownInPlace(tab, scope) : []
  const setCookies = lastOfEach([...passed.setCookies, ...scope.setCookies])
  await scope.close()
  tab.jar.take(setCookies)
  if (isValue && ended.value instanceof Response) throw returnedResponse()
  const signal = isValue ? undefined : readNextSignal(ended.thrown)
  if (!isValue && signal === undefined) throw ended.thrown
  const answer = await readAnswer(tab, endingOf(signal), setCookies, shown)
  return { ...answer, returned: isValue ? ended.value : undefined }
}

type Ended = { readonly value: unknown } | { readonly thrown: unknown }

async function endOf(run: () => unknown): Promise<Ended> {
  try {
    return { value: await run() }
  } catch (thrown) {
    return { thrown }
  }
}

/** The response renders the page that was posted to, which reads the request's session. */
async function shownInPlace({ config, at }: Tab, scope: NextRequestScope): Promise<Written[]> {
  const { actor } = await scope.runPage(() => requestSession(config))
  const to = normalizePath(at) ?? at
  return [...actor.state().flash.arrived.values()].map((content) => ({ ...content, to }))
}

function endingOf(signal: NextSignal | undefined): Ending {
  if (signal?.kind === "redirect") {
    return { status: 303, redirectedTo: signal.url, redirectType: signal.type }
  }
  return { status: signal?.status ?? 200, redirectedTo: undefined, redirectType: undefined }
}

function endingOfMiddleware(response: Response): Ending {
  const location = locationOf(response)
  if (location === undefined) {
    return { status: response.status, redirectedTo: undefined, redirectType: undefined }
  }
  return { status: 303, redirectedTo: location, redirectType: "push" }
}

let actions = 0

/**
 * The id by which the router names an action. React's bundler support writes it on the function
 * (`registerServerReference`), and where there is no bundler we do: by it the kit knows the action that was
 * called from those that are called by it.
 */
function idOf(action: AnyAction): string {
  const known = (action as { $$id?: string }).$$id
  if (known !== undefined) return known
  actions += 1
  const id = actions.toString(16).padStart(42, "0")
  Object.defineProperty(action, "$$id", { value: id, configurable: true })
  return id
}

function refuseOthers(action: unknown, args: readonly unknown[]): void {
  if (typeof action !== "function") {
    // Called outside a request, it has failed already: one error is enough.
    if (isThenable(action)) action.then(undefined, () => {})
    throw misused(
      `visitor.call() takes an action: visitor.call(save, formData), without calling it yourself.`,
    )
  }
  if (action.name.startsWith("bound ")) {
    throw misused(
      `visitor.call() was given an action with bound arguments, and cannot know which one it was. Pass them ` +
        `before the form, as bind does: visitor.call(remove, id, formData).`,
    )
  }
  if (args[0] instanceof Request) throw returnedResponse()
}

function returnedResponse(): Error {
  return misused(
    `visitor.call() runs actions, and this is a route handler. Run it by visitor.request(POST, request).`,
  )
}
