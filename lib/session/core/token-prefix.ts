/**
 * What the names of the cookies begin with that say that a delivery waits; the delivery's id follows. In
 * the bundle of every page that shows messages: this file holds nothing else but how long that is.
 */
export const TOKEN_PREFIX = "flash_"

/** Characters of a delivery's id, which ends the name: what precedes it says whose session it is of. */
export const DELIVERY_ID_LENGTH = 16
