export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const session = await import("./app/session")
    const staff = await import("./app/(admin)/admin/session")
    await Promise.all([session.register(), staff.register()])
  }
}
