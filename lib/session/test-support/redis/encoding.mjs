const ok = Buffer.from("OK")

/** Redis takes strings only; Upstash writes numbers and the like as JSON would. */
export function toArguments(command) {
  return command.map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
}

/**
 * A reply as Upstash puts it into JSON. With `base64` every string is encoded so that any bytes survive,
 * except an `OK` that is the whole answer: the client does not decode that one.
 */
export function encodeReply(reply, base64) {
  if (Buffer.isBuffer(reply) && reply.equals(ok)) return "OK"
  return encodeAtAnyDepth(reply, base64)
}

function encodeAtAnyDepth(reply, base64) {
  if (Array.isArray(reply)) return reply.map((item) => encodeAtAnyDepth(item, base64))
  if (Buffer.isBuffer(reply)) return reply.toString(base64 ? "base64" : "utf8")
  // A script may return an error inside of a table.
  if (reply instanceof Error) return encodeAtAnyDepth(Buffer.from(reply.message), base64)
  return reply
}
