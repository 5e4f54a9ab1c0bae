/** iron-session's mark for what is inside an iron seal; there is no other than the second. */
const VERSION = "~2"

export function withVersion(iron: string): string {
  return `${iron}${VERSION}`
}

export function withoutVersion(seal: string): string {
  return seal.slice(0, -VERSION.length)
}
