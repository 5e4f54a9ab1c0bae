/** Of `noticeFlash`, at the window. */
export const NOTICE_EVENT = "flash"
