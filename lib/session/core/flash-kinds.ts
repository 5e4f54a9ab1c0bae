/** Which flash keys a banner shows, and how a screen reader announces them. */
export type FlashKinds = Readonly<Record<string, "status" | "alert">>

export const defaultKinds: FlashKinds = {
  success: "status",
  info: "status",
  warning: "alert",
  error: "alert",
}
