"use client"

import { useRouter } from "next/navigation"
import { useEffect } from "react"

/** Signs in in a window of its own; the page goes on once that is done. */
export function SignInInPopup({ address }: { address: string }) {
  const router = useRouter()
  useEffect(() => {
    const goOn = ({ data, origin }: MessageEvent) => {
      if (data === "signed in" && origin === location.origin) router.push("/account")
    }
    addEventListener("message", goOn)
    return () => removeEventListener("message", goOn)
  }, [router])
  return (
    <button type="button" onClick={() => void open(address, "sign-in", "popup,width=400,height=500")}>
      sign in in a popup
    </button>
  )
}
