"use server"

import { cookies } from "next/headers"
import { PREFIX } from "./prefix"

export async function dismissToast(id: string) {
  if (id.startsWith(PREFIX)) (await cookies()).delete(id)
}
