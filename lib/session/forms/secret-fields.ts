import { MAX_NAME_CHARACTERS } from "../core/limits.ts"

export interface SecretOptions {
  /** Fields never given back, besides those whose name says secret: names, or words of names. */
  secretFields?: readonly string[]
  /**
   * Fields given back although their name says secret, each by its exact name, with `[]` for any index:
   * `"pincode"`, `"guests[].boardingPass"`. What `secretFields` lists stays secret.
   */
  visibleFields?: readonly string[]
}

/** Secret also within a longer word: `newpassword`. Without accents, as names are compared. */
const secretParts = words(`
  password passwd passphrase passcode secret token credential apikey accesskey privatekey securitycode
  securityanswer onetimecode mfacode pincode seedphrase bearer cardnumber ccnumber creditcard debitcard
  socialsecurity
  passwort kennwort geheim kreditkarte kartennummer sicherheitscode
  motdepasse cryptogramme numerodecarte numerocarte cartedecredit codedesecurite
  contrasena contrasenya credenciales numerodetarjeta numerotarjeta tarjetadecredito codigodeseguridad
  segreto cartadicredito segredo palavrapasse credenciais cartaodecredito codigodeseguranca
  wachtwoord kaartnummer losenord passord adgangskode kodeord salasana parool haslo hasło heslo jelszo
  lozinka zaporka katasandi matkhau slaptazodis
  пароль парола лозинка κωδικοςπροσβασης סיסמה كلمةالمرور 密码 密碼 パスワード 暗証番号 비밀번호 รหัสผ่าน पासवर्ड`)

/** Found by chance within longer words, as "pin" in "shipping": secret as words of their own. */
const secretWords = words(`
  pass passkey pwd pswd psw pw mdp clave parola senha sifre pin puk otp totp twofactorcode
  verificationcode recoverycode backupcode cvc cvv cvn csc pan iban ssn cardno cardnum ccnum
  jwt csrf xsrf sshkey`)

/** Have one of those in them and mean something else. */
const harmless =
  /secretar[yi]|secretaire| (?:boarding|season|ski|day|travel) pass(?:es)? | palabras? clave | parola chiave /gu

/**
 * Says of a field's name whether what was typed there must never be given back. Laravel's three literal
 * names let S3 secrets and LDAP passwords into sessions (projectsend#1757).
 */
export function secretRule({
  secretFields = [],
  visibleFields = [],
}: SecretOptions): (name: string) => boolean {
  const own = secretFields.map(squash).filter((name) => name !== "")
  const isOwn = own.length === 0 ? undefined : pattern(own, [])
  const visible = new Set(visibleFields)
  return (name) => {
    if (name.length > MAX_NAME_CHARACTERS) return true
    const parts = wordsOf(name)
    if (isOwn?.test(spaced(parts))) return true
    if (visible.has(name) || visible.has(name.replace(/\[\d+\]/g, "[]"))) return false
    const letters = parts.filter((word) => !/^\p{N}/u.test(word))
    return builtIn.test(spaced(letters).replace(harmless, " "))
  }
}

/** Words as a pattern finds them: between spaces, also the first and the last. */
function spaced(list: readonly string[]): string {
  return ` ${list.join(" ")} `
}

const builtIn = pattern(secretParts, secretWords)

/**
 * Looks for names in spaced words: `parts` within one word, all of them as whole words, however a name
 * is split into those. So "cardno" is found in `card_no`, and not in `discardNotes`.
 */
function pattern(parts: readonly string[], whole: readonly string[]): RegExp {
  const split = [...parts, ...whole].map((name) => [...name].join("(?:s? )?"))
  return new RegExp(`${parts.join("|")}| (?:${split.join("|")})s? `, "u")
}

/** The words of a name in any notation: camelCase, snake_case, kebab-case, brackets, digits. */
function wordsOf(name: string): string[] {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "")
  const found = plain.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lt}\p{Lm}\p{Lo}]+|\p{N}+/gu)
  return (found ?? []).map((word) => word.toLowerCase())
}

function squash(name: string): string {
  return wordsOf(name).join("")
}

function words(text: string): string[] {
  return text.trim().split(/\s+/).map(squash)
}
