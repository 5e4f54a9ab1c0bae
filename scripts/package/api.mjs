import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript-5"

/**
 * The public surface of the built package as text: what each entry exports, and how it is declared. Made with
 * TypeScript 5, for 7 has no compiler API.
 *
 * @param {string} folder the built package
 */
export function describeApi(folder) {
  const { exports: entries } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  const types = Object.entries(entries).filter(([, target]) => target.types !== undefined)
  const files = types.map(([, target]) => join(folder, target.types))
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    skipLibCheck: true,
  })
  const checker = program.getTypeChecker()
  return types
    .map(([entry], at) => {
      if (!existsSync(files[at])) throw new Error(`${entry} names ${files[at]}, which is not there`)
      const entryModule = checker.getSymbolAtLocation(program.getSourceFile(files[at]))
      const symbols = checker.getExportsOfModule(entryModule).toSorted((a, b) => (a.name < b.name ? -1 : 1))
      return `## ${entry}\n\n${symbols.map((symbol) => declarationOf(symbol, checker)).join("\n")}\n`
    })
    .join("\n")
}

function declarationOf(symbol, checker) {
  const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return (original.declarations ?? [])
    .map((declaration) => {
      const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
      return `${symbol.name}: ${withoutComments(node)}`
    })
    .join("\n")
}

function withoutComments(node) {
  return ts
    .createPrinter({ removeComments: true })
    .printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
}
