/** A secret is found by how it begins: some validators shorten what they quote. */
const START_CHARACTERS = 30

/**
 * Ends a message before a secret that it quotes. ArkType and Valibot tell what they were given: `must be
 * an email address (was "hunter2")`.
 */
export function secretRemover(secrets: readonly string[]): (message: string) => string {
  const quotes = secrets.filter((secret) => secret !== "").flatMap(quotesOf)
  return (message) => {
    const found = quotes.map((quote) => message.indexOf(quote)).filter((at) => at >= 0)
    return found.length === 0 ? message : `${message.slice(0, Math.min(...found) + 1)}…`
  }
}

/** As it is, and as JSON has it. */
function quotesOf(secret: string): string[] {
  const start = secret.slice(0, START_CHARACTERS)
  const isWhole = start.length === secret.length
  return [`"${start}"`, JSON.stringify(start)].map((quote) => (isWhole ? quote : quote.slice(0, -1)))
}
