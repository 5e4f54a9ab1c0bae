export default function NotFound() {
  return (
    <main>
      <h1>not here</h1>
    </main>
  )
}
