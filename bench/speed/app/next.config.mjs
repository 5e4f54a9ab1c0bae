import { fileURLToPath } from "node:url"

const nextConfig = {
  turbopack: { root: fileURLToPath(new URL("../../..", import.meta.url)) },
  // Turbopack looks for middleware up to its root: without one of its own, an app would get the repository's.
  pageExtensions: ["tsx"],
  // The repository's own type check covers these files; every variant would repeat it.
  typescript: { ignoreBuildErrors: true },
}

export default nextConfig
