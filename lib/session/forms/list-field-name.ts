/** Name of the hidden field by which a form says that it has a list, even when no item is sent. */
export const LIST_FIELD = "_list"
