export { setup } from "./next/setup.ts"
export type { SetupOptions } from "./next/config.ts"
export type { SessionEvent } from "./core/events.ts"
export type { Middleware } from "./next/middleware.ts"
export { rethrowSessionSignal } from "./next/signals.ts"
export type { ValidateOptions } from "./forms/validate.ts"
export type { FlashMessagesProps } from "./react/flash-messages.tsx"

export { emptySession } from "./core/empty-session.ts"
export type { FlashOptions, ReadonlySession, Session } from "./core/session.ts"
export type { FieldNames } from "./core/field-names.ts"
export type { FormReader } from "./core/form-reader.ts"
export { createStore } from "./core/store.ts"
export type {
  Committed,
  SaveMeta,
  SessionCommit,
  SessionStore,
  StoreCallbacks,
  StoredSession,
  UnreadableReason,
} from "./core/store.ts"
export { applyChanges } from "./core/changes.ts"
export type { SessionChanges } from "./core/changes.ts"
export { takeFlash } from "./core/claim.ts"
export type { FlashClaim, KeptClaim } from "./core/claim.ts"
export { cookieStore } from "./stores/cookie-store.ts"
export type { CookieStoreOptions } from "./stores/cookie-store.ts"
export { redisStore } from "./stores/redis/redis-store.ts"
export type { RedisStoreOptions } from "./stores/redis/redis-store.ts"
export { RedisReplyError } from "./stores/redis/commands.ts"
export type { SendCommand } from "./stores/redis/commands.ts"
export { memoryStore } from "./stores/memory-store.ts"
export type { MemoryStoreOptions } from "./stores/memory-store.ts"
export { decodePayload, encodePayload } from "./core/payload.ts"
export type { Payload } from "./core/payload.ts"
export type { Json, JsonObject } from "./core/json.ts"
export { SessionError } from "./core/errors.ts"
export type { SessionErrorCode } from "./core/errors.ts"
