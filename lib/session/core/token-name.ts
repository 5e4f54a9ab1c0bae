/** This file is in the bundle of every page that shows messages: it holds nothing else. */
const NAME_PREFIX = "flash_"

/** The name of the cookie that says that the delivery `id` waits; without an id, what all begin with. */
export function tokenName(id = ""): string {
  return NAME_PREFIX + id
}
