import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const repository = fileURLToPath(new URL("../..", import.meta.url))

/**
 * Cells lie outside the repository, or Node would find in its `node_modules` what a cell does not install.
 * NEXT_SESSION_KIT_MATRIX names another place.
 */
export const matrixFolder = process.env.NEXT_SESSION_KIT_MATRIX ?? join(tmpdir(), "next-session-kit-matrix")

export const cellFolder = (name) => join(matrixFolder, "cells", name)
