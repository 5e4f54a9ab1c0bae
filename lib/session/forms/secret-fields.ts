/** Anywhere in a name, whatever its case and separators: `newPassword`, `user[api_key]`. */
const secretParts = [
  "password",
  "passwd",
  "passphrase",
  "passcode",
  "secret",
  "token",
  "apikey",
  "accesskey",
  "privatekey",
  "credential",
  "cardnumber",
  "creditcard",
  "ccnumber",
  "securitycode",
  "onetimecode",
  "mfacode",
  "pincode",
  "passwort",
  "kennwort",
  "motdepasse",
  "contrasena",
  "securityanswer",
  "cardno",
  "bearer",
]

/** Too short to look for inside longer words ("shipping" contains "pin"): a word of their own. */
const secretWords = [
  "pwd",
  "pass",
  "otp",
  "totp",
  "pin",
  "cvc",
  "cvv",
  "csc",
  "ssn",
  "iban",
  "pan",
  "jwt",
  "csrf",
]

/**
 * Whether what was typed into a field must never be given back. Laravel's three literal names let
 * S3 secrets and LDAP passwords into sessions (projectsend#1757).
 *
 * @param extra more names, compared the way `secretParts` are
 */
export function isSecretField(name: string, extra: readonly string[] = []): boolean {
  const letters = squash(name)
  const parts = [...secretParts, ...extra.map(squash).filter((part) => part !== "")]
  if (parts.some((part) => letters.includes(part))) return true
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
  return words.some((word) => secretWords.includes(word.replace(/\d+$/, "")))
}

function squash(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
}
