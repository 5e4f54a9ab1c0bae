import { setTimeout as wait } from "node:timers/promises"

/** Runs `task` for 0 to `count` - 1, all at once. */
export function atOnce(count, task) {
  return Promise.all(Array.from({ length: count }, (_, index) => task(index)))
}

/** Runs `task` for 0 to `count` - 1, at most `limit` of them at once. */
export async function atMost(limit, count, task) {
  const results = []
  let next = 0
  await atOnce(Math.min(limit, count), async () => {
    while (next < count) {
      const index = next
      next += 1
      results[index] = await task(index)
    }
  })
  return results
}

/** The elements one of several client processes works on. */
export function ownPart(list, { part, parts }) {
  return list.filter((_, index) => index % parts === part)
}

/** 0 to `count` - 1. */
export function range(count) {
  return Array.from({ length: count }, (_, index) => index)
}

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}

/** Repeats what may be done twice until somebody answers. */
export async function untilAnswered(operation) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation()
    } catch (error) {
      if (attempt === 5) throw error
      await wait(attempt * 100)
    }
  }
}
