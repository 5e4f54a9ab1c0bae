export function addLocales(folder) {
  throw new Error(folder)
}
