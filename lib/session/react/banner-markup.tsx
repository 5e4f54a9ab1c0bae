import type { JSX } from "react"
import { BACK_FIELD } from "../core/wire-names"
import type { Notice } from "../core/arrived"
import type { FlashAction } from "../core/message"

/** The page messages are shown on. */
export interface NoticePage {
  /** next.config's `basePath`, `""` when there is none. */
  readonly basePath: string
  /** Path and query, without base path. */
  readonly address: string
}

/**
 * What stands in our own banner: two live regions. It is plain HTML, and works without JavaScript.
 *
 * A function and no component, so that what the server rendered and what the browser renders later are the same
 * elements to React, which keeps the nodes: a new node would be announced again.
 *
 * @param dismiss takes a message off; none where nothing can
 */
export function bannerMarkup(
  notices: readonly Notice[],
  page: NoticePage,
  dismiss?: (notice: Notice) => void,
): JSX.Element {
  const region = (role: Notice["role"]) => (
    // Or each new message would have those beside it read again.
    <div role={role} aria-atomic={false}>
      {notices
        .filter((notice) => notice.role === role)
        .map((notice) => (
          <div key={notice.key} className="flash" data-kind={notice.kind}>
            <div className="flash-body">
              <span>{notice.text}</span>
              {notice.description !== undefined && (
                <small className="flash-description">{notice.description}</small>
              )}
              {notice.action && actionMarkup(notice.action, page)}
            </div>
            {dismiss && (
              <button type="button" aria-label="Dismiss" onClick={() => dismiss(notice)}>
                ×
              </button>
            )}
          </div>
        ))}
    </div>
  )
  return (
    <>
      {region("status")}
      {region("alert")}
    </>
  )
}

/** A link, or a real form: both work without JavaScript. */
export function actionMarkup(action: FlashAction, { basePath, address }: NoticePage): JSX.Element {
  if ("href" in action) {
    return (
      <a className="flash-action" href={basePath + action.href}>
        {action.label}
      </a>
    )
  }
  return (
    <form className="flash-action" method="post" action={basePath + action.post}>
      <input type="hidden" name={BACK_FIELD} value={address} />
      {Object.entries(action.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit">{action.label}</button>
    </form>
  )
}
