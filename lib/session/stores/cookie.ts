export { cookieStore } from "./cookie/cookie-store"
export type { CookieStoreOptions } from "./cookie/cookie-store"
