/**
 * Whether a person is opening this document, as opposed to a prefetch, a script's fetch, an RSC
 * request, an image, a frame or a speculative load. Browsers send Sec-Fetch-* to https and localhost;
 * elsewhere only a navigation asks for text/html by name.
 */
export function isDocumentNavigation(method: string, headers: Headers): boolean {
  if (method !== "GET") return false
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-moz") ?? ""
  if (purpose.includes("prefetch")) return false
  const destination = headers.get("sec-fetch-dest")
  if (destination !== null) return destination === "document"
  return headers.get("accept")?.includes("text/html") ?? false
}
