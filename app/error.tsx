"use client"

/** What a person sees when something failed that nobody expected. */
export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main>
      <h1>That did not work</h1>
      <p>Nothing was changed. You can try again.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </main>
  )
}
