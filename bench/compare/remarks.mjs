/** What goes wrong with each, in a sentence. */
export const remarks = {}
