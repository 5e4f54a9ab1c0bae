/**
 * Names that both the server and client code know. Each page that shows messages has them in its bundle, so
 * this file holds nothing else.
 */

/** What the names of the cookies begin with that say that a delivery waits; the delivery's id follows. */
export const TOKEN_PREFIX = "flash_"

/** Characters of a delivery's id, which ends the name: what precedes it says whose session it is of. */
export const DELIVERY_ID_LENGTH = 16

/** Sent by our client code: names of the delivery tokens it wants to show the messages of. */
export const TAKE_HEADER = "x-session-take"

/** Name of the hidden field by which a form says which page it is on; `<BackField />` renders it. */
export const BACK_FIELD = "_back"

/** Name of the hidden field by which a form says that it has a list, even when no item is sent. */
export const LIST_FIELD = "_list"
