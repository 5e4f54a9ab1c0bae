import Link from "next/link"

export function Links({ to }: { to: readonly string[] }) {
  return (
    <nav>
      {to.map((href) => (
        <Link key={href} href={href} prefetch={false}>
          to {href}
        </Link>
      ))}
    </nav>
  )
}
