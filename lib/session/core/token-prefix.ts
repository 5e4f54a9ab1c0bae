/**
 * What the names of the cookies begin with that say that a delivery waits; the delivery's id follows. In the
 * bundle of every page that shows messages: this file holds nothing else.
 */
export const TOKEN_PREFIX = "flash_"
