import { fileURLToPath } from "node:url"

const nextConfig = {
  // Compressing would take more of the machine than the sessions under test.
  compress: false,
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
}

export default nextConfig
