import { scrypt, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  /** scrypt with Node's default cost, 32 bytes, hex. */
  readonly salt: string
  readonly passwordHash: string
}

const people: readonly Person[] = [
  {
    id: "ada",
    name: "Ada",
    email: "ada@example.com",
    salt: "b6bda2bbc68e47c524eab0432a9bf015",
    passwordHash: "9fbf2879fdbd183cb9239dd8549d2325cddea34a112623e7cfb901c7551ffb6e",
  },
  {
    id: "grace",
    name: "Grace",
    email: "grace@example.com",
    salt: "6deeb62fbb12718a7f851361396f532d",
    passwordHash: "759743c50b4797bcb81cf1f340402cf8be8e239261d6b88c2450181115ffb570",
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
