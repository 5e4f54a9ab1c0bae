/** The same for each that seals; read from the environment, as an app does. */
export const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQaE0uI6oXw"

export function ironOptions() {
  return { password: process.env.SESSION_SECRET ?? "", cookieName: "iron" }
}
