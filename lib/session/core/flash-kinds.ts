/** The keys of an application's messages that can hold text, which is what a banner shows. */
type TextKey<Flash> = {
  [Key in keyof Flash & string]-?: [Extract<Flash[Key], string>] extends [never] ? never : Key
}[keyof Flash & string]

/** `FlashKinds`, of the keys an application has. */
export type KindsOf<Flash> = Readonly<Partial<Record<TextKey<Flash>, "status" | "alert">>>

/** Which flash keys a banner shows, and how a screen reader announces them. */
export type FlashKinds = Readonly<Record<string, "status" | "alert">>

export const defaultKinds: FlashKinds = {
  success: "status",
  info: "status",
  warning: "alert",
  error: "alert",
}
