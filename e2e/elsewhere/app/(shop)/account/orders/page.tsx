export default function OrdersPage() {
  return (
    <main>
      <h1>orders</h1>
    </main>
  )
}
