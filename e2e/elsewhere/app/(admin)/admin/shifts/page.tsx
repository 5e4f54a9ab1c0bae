export default function ShiftsPage() {
  return (
    <main>
      <h1>shifts</h1>
    </main>
  )
}
