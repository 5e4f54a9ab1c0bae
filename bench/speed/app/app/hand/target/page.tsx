import { connection } from "next/server"

export default async function TargetPage() {
  await connection()
  return <h1>Target</h1>
}
