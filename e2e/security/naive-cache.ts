import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { send, valuesOf, type RawResponse } from "./raw-http.ts"

/**
 * A shared cache that takes every liberty: it keeps any GET answer that is not marked private or
 * no-store, Set-Cookie and all, and gives it to whoever asks next with the same headers of `Vary`.
 */
export async function startNaiveCache(origin: string) {
  const stored = new Map<string, { vary: string[]; request: Map<string, string>; response: RawResponse }[]>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = request.url ?? "/"
    const headers = pairs(request.rawHeaders).filter(
      ([name]) => !["connection", "host", "content-length"].includes(name),
    )
    const asked = new Map(headers)
    const isGet = request.method === "GET"
    const kept = isGet
      ? stored
          .get(path)
          ?.find(({ vary, request: first }) => vary.every((name) => first.get(name) === asked.get(name)))
      : undefined
    const answer =
      kept?.response ??
      (await send(origin, {
        path,
        method: request.method ?? "GET",
        // The app sees the host that the browser asked for.
        headers: [["host", request.headers.host ?? ""], ...headers],
        body: Buffer.concat(chunks).toString(),
      }))
    if (isGet && kept === undefined && isStorable(answer)) {
      const vary = valuesOf(answer, "vary").join().toLowerCase().split(/, */).filter(Boolean)
      stored.set(path, [...(stored.get(path) ?? []), { vary, request: asked, response: answer }])
    }
    response.statusCode = answer.status
    for (const name of new Set(answer.headers.map(([known]) => known))) {
      if (!["transfer-encoding", "connection", "content-length"].includes(name)) {
        response.setHeader(name, valuesOf(answer, name))
      }
    }
    response.setHeader("x-cache", kept === undefined ? "MISS" : "HIT")
    response.end(answer.body)
  })
  server.listen(0, "localhost")
  await once(server, "listening")
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    kept: () => [...stored.keys()],
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function isStorable(response: RawResponse): boolean {
  const control = valuesOf(response, "cache-control").join().toLowerCase()
  // By heuristic, as RFC 9111 allows for these, when nothing is said.
  return [200, 203, 204, 301, 308, 404, 410].includes(response.status) && !/private|no-store/.test(control)
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1] ?? ""]] : [],
  )
}
