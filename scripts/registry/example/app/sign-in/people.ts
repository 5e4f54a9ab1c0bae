import { scrypt, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"

export interface Person {
  readonly id: string
  readonly name: string
}

// Stands in for a database: ada@example.com signs in with "first-programmer".
const people = [
  {
    id: "ada",
    name: "Ada",
    email: "ada@example.com",
    salt: "b6bda2bbc68e47c524eab0432a9bf015",
    passwordHash: "9fbf2879fdbd183cb9239dd8549d2325cddea34a112623e7cfb901c7551ffb6e",
  },
]

const hash = promisify<string, Buffer, number, Buffer>(scrypt)

export function findPerson(id: string): Person | undefined {
  return people.find((person) => person.id === id)
}

/** The person with this e-mail and password; undefined when either is wrong. */
export async function authenticate(email: string, password: string): Promise<Person | undefined> {
  const person = people.find((candidate) => candidate.email === email.trim().toLowerCase())
  // An unknown e-mail costs the same time as a known one, so that the answer does not tell them apart.
  const { salt, passwordHash } = person ?? { salt: "0".repeat(32), passwordHash: "0".repeat(64) }
  const expected = Buffer.from(passwordHash, "hex")
  const matches = timingSafeEqual(await hash(password, Buffer.from(salt, "hex"), expected.length), expected)
  return matches ? person : undefined
}
