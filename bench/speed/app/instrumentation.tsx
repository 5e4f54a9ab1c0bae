export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return
  const session = await import("./app/session")
  await session.register()
}
