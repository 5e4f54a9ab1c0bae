export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const session = await import("./app/session")
    await session.register()
  }
}
