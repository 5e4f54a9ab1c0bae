/** What every session of the benchmark holds: 20 keys, about 550 bytes of JSON, as long for each person. */
export function personData(person) {
  const number = String(person).padStart(6, "0")
  return {
    userId: `user-${number}`,
    email: `person-${number}@example.com`,
    name: `Person Number ${number}`,
    role: "editor",
    locale: "en-GB",
    timezone: "Europe/London",
    theme: "dark",
    plan: "team-yearly",
    currency: "EUR",
    organisation: `organisation-${number}`,
    cartId: `cart-${number}-8f14e45f`,
    cartItems: 3,
    cartTotal: 129.5,
    lastPath: "/products/outdoor/shoes/42?sort=price",
    referrer: "newsletter-2025-11",
    formToken: "k3Jx9QmT2vR8yLwZ5bNcHg",
    twoFactor: true,
    permissions: ["read", "write", "invite"],
    seenTour: false,
    signedInAt: 1_760_000_000,
  }
}

export const keys = Object.keys(personData(0))

/** Data of any number of keys, for what grows with them. */
export function dataOfKeys(count) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`key${at}`, `value ${at} of the session`]),
  )
}

/** The 20 keys and as much text as makes the whole about so many bytes. */
export function dataOfBytes(bytes) {
  const base = bytes < 600 ? { userId: "user-000001" } : personData(1)
  const filler = Math.max(0, bytes - JSON.stringify(base).length - 12)
  return { ...base, filler: "x".repeat(filler) }
}
