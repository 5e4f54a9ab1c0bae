import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/**
 * The code blocks of a page, each with the file that its first line names.
 *
 * @param {string} markdown
 * @returns {{ path: string, code: string, section: string }[]} in the page's order; `section` is the heading above
 */
export function snippetsOf(markdown) {
  const parts = markdown.matchAll(/^## (.+)$|```tsx?\n\/\/ ([^\s,]+)[^\n]*\n([\s\S]*?)```/gm)
  let section = ""
  const found = []
  for (const [, heading, path, code] of parts) {
    if (heading !== undefined) section = heading
    else found.push({ path, code, section })
  }
  return found
}

/**
 * Does with a snippet what its first line tells the reader to do: makes the file, or puts the imports on top of
 * the one there is and the rest before `{children}`.
 *
 * @param {{ path: string, code: string }} snippet
 * @param {string} home where the app's `app/` lies
 * @returns {{ path: string, lines: number }} what was touched: lines written that are not empty
 */
export function apply({ path, code }, home) {
  const file = join(home, path)
  const lines = code.trim().split("\n")
  if (existsSync(file)) {
    const isImport = (line) => line.startsWith("import ")
    const there = readFileSync(file, "utf8")
    const marked = there.replace(
      "{children}",
      `${lines.filter((line) => !isImport(line)).join("\n")}\n{children}`,
    )
    if (marked === there) throw new Error(`${path} has no {children}`)
    writeFileSync(file, `${lines.filter(isImport).join("\n")}\n${marked}`)
  } else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, code)
  }
  return { path, lines: lines.filter((line) => line !== "").length }
}
