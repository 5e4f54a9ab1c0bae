import { squash } from "./name-words"

/** Secret also within a longer word: `newpassword`. Without accents, as names are compared. */
export const secretParts = words(`
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
export const secretWords = words(`
  pass passkey pwd pswd psw pw mdp clave parola senha sifre pin puk otp otc totp psk mnemonic
  cvc cvv cvn csc pan iban ssn cardno cardnum ccnum accountnumber accountno accountnum kontonummer
  jwt csrf xsrf`)

/** Secret only together, whichever of the first words stands before one of the second. */
export const secretPairs = [
  ...pairs(
    `sms login signin auth authentication authenticator confirm confirmation verify verification recovery
     backup reset activation access unlock twofactor fa tfa`,
    "code",
  ),
  ...pairs(
    "secret session master signing signature encryption decryption ssh gpg pgp hmac aes rsa wallet",
    "key",
  ),
  ...pairs("secret recovery backup mnemonic wallet", "phrase"),
  ...pairs(
    `user username account admin root my new old current login db database wifi ldap smtp imap ftp mail sim
     card`,
    "pass pwd pw pin",
  ),
]

/** Have one of those in them and mean something else. */
export const harmless =
  /secretar[yi]|secretaire|tokeni[sz]\p{L}*| (?:boarding|season|ski|day|travel) pass(?:es)? | (?:max|min|total) tokens? | palabras? clave | parola chiave /gu

/** After a secret's name, they say something about it that is none. */
export const qualities = /^(?:count|rate|year|type|colou?r|board|length|size|limit)s?$/

/** All there is in a field that repeats the password above it. */
export const repeated = "confirm"

function words(text: string): string[] {
  return text.trim().split(/\s+/).map(squash)
}

function pairs(first: string, second: string): string[] {
  return words(first).flatMap((word) => words(second).map((end) => word + end))
}
