export { setup } from "./next/setup"
export type { SetupOptions } from "./next/setup-options"
export type { SessionEvent } from "./core/events"
export type { Middleware } from "./next/middleware"
export { rethrowSessionSignal } from "./forms/back-signal"
export type { ValidateOptions } from "./forms/validate"
export type { FlashMessagesProps } from "./next/flash-messages"

export type { FlashAction, FlashMessage, RichMessage } from "./core/message"
export { emptySession } from "./core/empty-session"
export type { FlashOptions, ReadonlySession, Session } from "./core/session"
export type { FieldNames } from "./core/field-names"
export type { FormReader } from "./core/form-reader"
export { createStore } from "./core/store"
export type {
  Committed,
  SaveMeta,
  SessionCommit,
  SessionStore,
  StoreCallbacks,
  StoredSession,
  UnreadableReason,
} from "./core/store"
export { applyChanges } from "./core/changes"
export type { SessionChanges } from "./core/changes"
export { takeFlash } from "./core/take-flash"
export type { FlashClaim, KeptClaim } from "./core/claim"
export { decodePayload, encodePayload } from "./core/payload"
export type { Payload } from "./core/payload"
export type { Json, JsonObject } from "./core/json"
export { SessionError } from "./core/errors"
export type { SessionErrorCode } from "./core/errors"
