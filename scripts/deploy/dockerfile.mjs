import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const page = fileURLToPath(new URL("../../docs/deploying.md", import.meta.url))

/** The Dockerfile that docs/deploying.md shows, as text. */
export function shownDockerfile() {
  const [, text] = /```dockerfile\n([\s\S]*?)```/.exec(readFileSync(page, "utf8")) ?? []
  if (text === undefined) throw new Error("docs/deploying.md shows no Dockerfile")
  return text
}

/**
 * What its last stage takes over from the one that builds, and the command it runs.
 *
 * @param {string} dockerfile
 * @returns {{ copies: { from: string, to: string }[], command: string[] }} `from` is relative to the folder of
 *   the app, `to` to the folder of the image
 */
export function lastStageOf(dockerfile) {
  const copies = [...dockerfile.matchAll(/^COPY --from=build (?:--\S+ )?\/app\/(\S+) \.\/(\S*)$/gm)].map(
    ([, from, to]) => ({ from, to }),
  )
  const [, command] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? []
  if (copies.length === 0 || command === undefined) throw new Error("the Dockerfile has no stage to run")
  return { copies, command: JSON.parse(command) }
}
