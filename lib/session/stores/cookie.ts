export { cookieStore } from "./cookie-store"
export type { CookieStoreOptions } from "./cookie-store"
