import { createHash } from "node:crypto"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const repository = fileURLToPath(new URL("../..", import.meta.url))

/** Two checkouts on one machine do not share cells. */
const checkout = createHash("sha256").update(repository).digest("hex").slice(0, 8)

/**
 * Cells lie outside the repository, or Node would find in its `node_modules` what a cell does not install.
 * NEXT_SESSION_KIT_MATRIX names another place.
 */
export const matrixFolder =
  process.env.NEXT_SESSION_KIT_MATRIX ?? join(tmpdir(), `next-session-kit-matrix-${checkout}`)

export const cellFolder = (name) => join(matrixFolder, "cells", name)
