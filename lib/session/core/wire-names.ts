/** What both the server and client code have to know alike, besides `TOKEN_PREFIX`. */

/** Characters of a delivery's id, which ends its token's name: what precedes it says whose session it is of. */
export const DELIVERY_ID_LENGTH = 16

/** Sent by our client code: names of the delivery tokens it wants to show the messages of. */
export const TAKE_HEADER = "x-session-take"

/** Name of the hidden field by which a form says which page it is on; `<BackField />` renders it. */
export const BACK_FIELD = "_back"

/** Name of the hidden field by which a form says that it has a list, even when no item is sent. */
export const LIST_FIELD = "_list"
