/** Checks at start that sessions can be kept; in development it makes the secret they are sealed with. */
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const session = await import("./app/session")
    await session.register()
  }
}
