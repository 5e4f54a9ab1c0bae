import type { FlashMessage } from "./message"

/** The keys of an application's messages that can hold what a banner shows. */
type MessageKey<Flash> = {
  [Key in keyof Flash & string]-?: [Extract<Flash[Key], FlashMessage>] extends [never] ? never : Key
}[keyof Flash & string]

/** `FlashKinds`, of the keys an application has. */
export type KindsOf<Flash> = Readonly<Partial<Record<MessageKey<Flash>, "status" | "alert">>>

/** Which flash keys a banner shows, and how a screen reader announces them. */
export type FlashKinds = Readonly<Record<string, "status" | "alert">>

export const defaultKinds: FlashKinds = {
  success: "status",
  info: "status",
  warning: "alert",
  error: "alert",
}
