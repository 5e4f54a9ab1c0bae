import { expect, it } from "vitest"
import type { Notice } from "../core/arrived"
import { secondsOf } from "./leave-in-time"

const notice: Notice = { key: "a", origin: "a", kind: "success", role: "status", text: "Saved" }
const action = { label: "Undo", post: "/undo" }

it.each<[string, Partial<Notice>, number | undefined]>([
  ["stays without seconds", {}, undefined],
  ["leaves in its time", { seconds: 8 }, 8],
  ["leaves not before five seconds", { seconds: 0.1 }, 5],
  [
    "leaves not before it can have been read",
    { seconds: 5, text: "x".repeat(100), description: "x".repeat(50) },
    10,
  ],
  ["leaves not before somebody can have decided", { seconds: 5, action }, 20],
  ["stays longer if it is to", { seconds: 60, action }, 60],
  ["stays, being an alert", { seconds: 5, role: "alert" }, undefined],
])("a message %s", (_, parts, seconds) => {
  expect(secondsOf({ ...notice, ...parts })).toBe(seconds)
})
