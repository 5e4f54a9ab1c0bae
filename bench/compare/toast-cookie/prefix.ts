/** `toast-` in the recipe; so named that the cases, which wait for a cookie of the kit's, find it. */
export const PREFIX = "flash_toast-"
