import { connect, type Socket } from "node:net"

/**
 * Marionette, Firefox's own remote control: W3C WebDriver commands as JSON over a socket, each message led
 * by its length.
 */
export interface Marionette {
  /** @throws Error with what Firefox answered */
  readonly send: (command: string, parameters?: object) => Promise<unknown>
  readonly close: () => void
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** @param port at which `marionette.port` has Firefox listen */
export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = await connectWhenReady(port, Date.now() + START_MS)
  const waiting = new Map<number, Waiting>()
  let received = Buffer.alloc(0)
  let lastId = 0

  const read = (message: unknown) => {
    // The first message is a greeting.
    if (!Array.isArray(message)) return
    const [, id, error, value] = message as [
      number,
      number,
      { error: string; message: string } | null,
      unknown,
    ]
    if (error === null) waiting.get(id)?.resolve(value)
    else waiting.get(id)?.reject(new Error(`${error.error}: ${error.message}`))
    waiting.delete(id)
  }
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const colon = received.indexOf(":")
      const end = colon + 1 + Number(received.subarray(0, Math.max(colon, 0)))
      if (colon < 0 || received.length < end) return
      read(JSON.parse(received.subarray(colon + 1, end).toString()))
      received = received.subarray(end)
    }
  })
  socket.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("Firefox is gone"))
  })

  return {
    send: (command, parameters = {}) =>
      new Promise((resolve, reject) => {
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        const text = JSON.stringify([0, lastId, command, parameters])
        socket.write(`${Buffer.byteLength(text)}:${text}`)
      }),
    close: () => socket.destroy(),
  }
}

/** Firefox takes a few seconds to listen. */
const START_MS = 60_000

async function connectWhenReady(port: number, until: number): Promise<Socket> {
  for (;;) {
    const socket = await tryToConnect(port)
    if (socket !== undefined) return socket
    if (Date.now() > until) throw new Error(`Firefox does not listen on port ${port}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function tryToConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket))
    socket.once("error", () => resolve(undefined))
  })
}
