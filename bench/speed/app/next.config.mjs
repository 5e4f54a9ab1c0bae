import { fileURLToPath } from "node:url"

const nextConfig = {
  turbopack: { root: fileURLToPath(new URL("../../..", import.meta.url)) },
  // The repository's own type check covers these files; every variant would repeat it.
  typescript: { ignoreBuildErrors: true },
}

export default nextConfig
