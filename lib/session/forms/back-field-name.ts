/** Name of the hidden field by which a form says which page it is on; `<BackField />` renders it. */
export const BACK_FIELD = "_back"
