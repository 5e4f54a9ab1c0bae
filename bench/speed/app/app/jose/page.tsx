import { jwtVerify } from "jose"
import { cookies } from "next/headers"
import { Values } from "../values.tsx"

const encodedKey = new TextEncoder().encode(process.env.SESSION_SECRET)

/** As Next's own authentication guide reads a session. */
export default async function JosePage() {
  const cookie = (await cookies()).get("jose")?.value ?? ""
  const { payload } = await jwtVerify(cookie, encodedKey, { algorithms: ["HS256"] })
  return <Values read={(key) => payload[key]} />
}
