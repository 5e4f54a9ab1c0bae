import { connect, createServer } from "node:net"

/**
 * Stands before a Postgres or a Redis, relays, and loses answers when told: of every so many statements, one is carried out and
 * its connection cut in place of the answer. Told by messages: `{ loseEvery }`, 0 for none; each is answered with
 * how many answers were lost by then.
 */
const target = Number(process.env.TARGET_PORT)
const asks = { postgres: endsStatement, redis: hasScript }[process.env.PROTOCOL]
let loseEvery = 0
let statements = 0
let lost = 0

const server = createServer((client) => {
  const upstream = connect(target, "127.0.0.1")
  let isLosing = false
  const end = () => [client, upstream].forEach((socket) => socket.destroy())
  client.on("data", (chunk) => {
    if (asks(chunk)) {
      statements += 1
      isLosing = loseEvery > 0 && statements % loseEvery === 0
    }
    upstream.write(chunk)
  })
  upstream.on("data", (chunk) => {
    if (!isLosing) return client.write(chunk)
    lost += 1
    end()
  })
  for (const socket of [client, upstream]) {
    socket.setNoDelay()
    socket.on("error", end)
    socket.on("close", end)
  }
})

/** A client's messages end with Sync, which has no body: a type and a length of four. */
function endsStatement(chunk) {
  const sync = 0x53
  return chunk.length >= 5 && chunk[chunk.length - 5] === sync && chunk.readInt32BE(chunk.length - 4) === 4
}

function hasScript(chunk) {
  return chunk.includes("EVALSHA")
}

process.on("message", (message) => {
  loseEvery = message.loseEvery
  process.send({ lost })
})
process.once("disconnect", () => process.exit())
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }))
