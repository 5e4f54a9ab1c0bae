export { memoryStore } from "./memory/memory-store"
export type { MemoryStoreOptions } from "./memory/memory-store"
