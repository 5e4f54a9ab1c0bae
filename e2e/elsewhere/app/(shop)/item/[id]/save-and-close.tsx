"use client"

import { useRouter } from "next/navigation"

/** Closes a modal the way it was opened: one step in the history. */
export function SaveAndClose({ save }: { save: (form: FormData) => Promise<boolean | undefined> }) {
  const router = useRouter()
  return (
    <button
      formAction={async (form: FormData) => {
        if (await save(form)) router.back()
      }}
    >
      rate and close
    </button>
  )
}
