"use client"

export default function ShopError() {
  return (
    <main>
      <h1>something broke</h1>
    </main>
  )
}
