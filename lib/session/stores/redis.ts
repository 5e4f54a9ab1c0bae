export { redisStore } from "./redis/redis-store"
export type { RedisStoreOptions } from "./redis/redis-store"
export { RedisReplyError } from "./redis/commands"
export type { SendCommand } from "./redis/commands"
