/** Up to 16.2 Next needs the compiler API of TypeScript, and TypeScript 7 has none. */
const old = /^16\.[012]\./

/**
 * @param {import("./options.mjs").CellOptions} cell
 * @param {string} tarball of the kit
 * @returns {object} what the cell's `package.json` says
 */
export function packagesOf(cell, tarball) {
  const react = old.test(cell.next) ? "~19.2.0" : "^19.3.0"
  return {
    dependencies: {
      next: cell.next,
      "next-session-kit": `file:${tarball}`,
      react,
      "react-dom": react,
      sonner: "^2.0.0",
      zod: "^4.0.0",
      ...(cell.variant === "i18n" && { "next-intl": "^4.15.0" }),
    },
    devDependencies: {
      "@types/node": "^20.0.0",
      "@types/react": "^19.0.0",
      "@types/react-dom": "^19.0.0",
      typescript: old.test(cell.next) ? "~5.9.0" : "~7.0.0",
      ...(cell.node !== undefined && { node: cell.node }),
      ...(cell.variant === "react-compiler" && { "babel-plugin-react-compiler": "^1.0.0" }),
    },
    overrides: {
      "iron-session": cell.iron,
      // No range of a peer includes a prerelease: without this npm refuses a canary.
      ...(cell.next.includes("-") && { next: "$next" }),
    },
  }
}
