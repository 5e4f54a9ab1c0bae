import { connect } from "node:net"

/** One request as bytes, for what `fetch` and browsers refuse to send. */
export interface RawRequest {
  readonly path: string
  readonly method?: string
  /** Pairs: a name may be sent twice. Each character is one byte. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string
}

export interface RawResponse {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** Everything that came back, to search for what must not be in it. */
  readonly text: string
  readonly milliseconds: number
}

const GIVE_UP_MILLISECONDS = 30_000

export function send(origin: string, request: RawRequest): Promise<RawResponse> {
  const { hostname, host, port } = new URL(origin)
  const { path, method = "GET", headers = [], body = "" } = request
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(headers.some(([name]) => name.toLowerCase() === "host") ? [] : [`host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === "" ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
    "connection: close",
  ]
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => {
      socket.write(Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"))
      if (body !== "") socket.write(body)
    })
    socket.setTimeout(GIVE_UP_MILLISECONDS, () => socket.destroy(new Error("no answer")))
    socket.on("data", (chunk) => chunks.push(chunk))
    // A server that refuses a header closes before it has read all of it: status 0, if no answer got through.
    socket.on("error", (error: NodeJS.ErrnoException) =>
      ["ECONNRESET", "EPIPE"].includes(error.code ?? "") ? finish() : reject(error),
    )
    socket.on("end", () => finish())
    const finish = () => {
      socket.destroy()
      resolve({ ...parse(Buffer.concat(chunks)), milliseconds: performance.now() - started })
    }
  })
}

export function valuesOf(response: RawResponse, name: string): string[] {
  return response.headers.flatMap(([known, value]) => (known === name ? [value] : []))
}

function parse(bytes: Buffer): Omit<RawResponse, "milliseconds"> {
  const end = bytes.indexOf("\r\n\r\n")
  const [statusLine = "", ...lines] = bytes
    .subarray(0, end < 0 ? undefined : end)
    .toString("latin1")
    .split("\r\n")
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":")
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const isChunked = headers.some(([name, value]) => name === "transfer-encoding" && value === "chunked")
  const rest = bytes.subarray(end + 4)
  const body = (isChunked ? joinChunks(rest) : rest).toString()
  return {
    status: Number(statusLine.split(" ")[1] ?? 0),
    headers,
    body,
    text: bytes.toString("latin1") + body,
  }
}

function joinChunks(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at)
    const size = lineEnd < 0 ? 0 : Number.parseInt(bytes.subarray(at, lineEnd).toString(), 16)
    if (!size) return Buffer.concat(parts)
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}
