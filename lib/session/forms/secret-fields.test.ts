import { describe, expect, it } from "vitest"
import { secretRule } from "./secret-fields"

const isSecretField = (name: string, secretFields: string[] = []) => secretRule({ secretFields })(name)

describe("isSecretField", () => {
  it.each([
    "password",
    "Password",
    "PASSWORD",
    "password_confirmation",
    "passwordConfirmation",
    "current-password",
    "new password",
    "user[password]",
    "user.newPassword",
    "users[0].password",
    "pass-word",
    "p.a.s.s.w.o.r.d",
    "passwd",
    "db_passwd",
    "pwd",
    "userPwd",
    "pass",
    "ldap_pass",
    "passphrase",
    "passcode",
    "secret",
    "client_secret",
    "clientSecret",
    "s3SecretKey",
    "token",
    "csrfToken",
    "access-token",
    "_token",
    "apiKey",
    "api_key",
    "user[apiKey]",
    "API KEY",
    "accessKey",
    "private_key",
    "credentials",
    "cardNumber",
    "card_number",
    "card[number]",
    "payment.card.number",
    "creditCard",
    "cc-number",
    "ccNumber",
    "cvc",
    "CVC",
    "card.cvc",
    "cardCvv",
    "cvv2",
    "csc",
    "security_code",
    "otp",
    "otp[]",
    "otp[0]",
    "loginOtp",
    "otpCode1",
    "totp",
    "pin",
    "PIN",
    "card-pin",
    "userPIN",
    "ssn",
    "iban",
  ])("is true for %s", (name) => {
    expect(isSecretField(name)).toBe(true)
  })

  it.each([
    "email",
    "name",
    "address.street",
    "items[0].name",
    "shipping",
    "shippingAddress",
    "shopping_list",
    "passenger",
    "passengers[0].name",
    "compass",
    "bypass",
    "passport",
    "passage",
    "opinion",
    "pinned",
    "spinner",
    "pineapple",
    "company",
    "japan",
    "span",
    "pancake",
    "description",
    "discard",
    "postcard",
    "cardholder",
    "card_type",
    "note",
    "key",
    "keyword",
    "monkey",
    "search",
    "code",
    "postcode",
    "adoption",
    "",
    "[]",
  ])("is false for %j", (name) => {
    expect(isSecretField(name)).toBe(false)
  })

  it("takes more names, whatever their case and separators", () => {
    const extra = ["mother's maiden name", "Steuer-ID"]
    expect(isSecretField("mothersMaidenName", extra)).toBe(true)
    expect(isSecretField("user[steuer_id]", extra)).toBe(true)
    expect(isSecretField("steuern", extra)).toBe(false)
    expect(isSecretField("password", extra)).toBe(true)
  })

  // squash() drops every letter outside a-z, and every name contains the empty rest.
  it("takes names in any script, without taking every field for secret", () => {
    expect(isSecretField("пароль", ["пароль"])).toBe(true)
    expect(isSecretField("email", ["пароль"])).toBe(false)
  })

  // The boxes of a one-time code are often called otp1 … otp6, and a PIN "pincode".
  it.each(["otp1", "pin2", "pincode", "PINCode", "mfaCode", "one-time-code"])("is true for %s", (name) => {
    expect(isSecretField(name)).toBe(true)
  })

  // By language, as people name the fields of their forms.
  it.each([
    [
      "English",
      "newpassword passwordRepeat user_pass wifiPw cardNo card_no cards[0].number debitCardNumber socialSecurityNumber twoFactorCode recoveryCode bearerToken awssecretaccesskey secretarypassword secretAreaCode ski_pass_token",
    ],
    [
      "German",
      "passwort neues_passwort Kennwort kennwortWiederholen geheimzahl Kartennummer kreditkartennummer",
    ],
    ["French", "motdepasse mot_de_passe motDePasse mdp nouveauMdp numeroDeCarte numéro-carte cryptogramme"],
    ["Spanish", "contraseña contrasena nuevaContraseña clave clave_actual numeroDeTarjeta numero_tarjeta"],
    ["Catalan and Portuguese", "contrasenya senha senhaAtual palavra-passe cartãoDeCrédito"],
    ["Italian", "parola_segreta codiceSegreto carta_di_credito"],
    ["Dutch", "wachtwoord nieuwWachtwoord kaartnummer"],
    ["Nordic", "lösenord nyttLösenord passord adgangskode kodeord salasana"],
    ["Slavic", "hasło noweHaslo heslo lozinka пароль новыйПароль парола"],
    ["Hungarian, Turkish, Greek", "jelszó şifre ŞİFRE κωδικός_πρόσβασης"],
    ["Semitic", "סיסמה كلمة_المرور"],
    ["Asian", "密码 新密码 パスワード 暗証番号 비밀번호 mật_khẩu kata_sandi รหัสผ่าน"],
  ])("knows secrets in %s", (_, names) => {
    for (const name of names.split(" ")) expect([name, isSecretField(name)]).toEqual([name, true])
  })

  it("knows a secret in any notation", () => {
    const notations: ((words: string[]) => string)[] = [
      (words) => words.join(""),
      (words) => words.join("_"),
      (words) => words.join("-"),
      (words) => words.join(" "),
      (words) => words.join("."),
      (words) => `${words[0]}[${words.slice(1).join("][")}]`,
      (words) => words.map((word) => word.toUpperCase()).join("_"),
      (words) =>
        words[0] +
        words
          .slice(1)
          .map((word) => word[0]?.toUpperCase() + word.slice(1))
          .join(""),
      (words) => words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join(""),
    ]
    const secrets = [
      "pass word",
      "card number",
      "api key",
      "security code",
      "private key",
      "one time code",
      "credit card",
      "pin code",
      "mot de passe",
    ]
    for (const secret of secrets) {
      for (const [before, after] of [
        ["", ""],
        ["user", ""],
        ["", "2"],
        ["items[0]", "again"],
      ]) {
        for (const notation of notations) {
          const name = [before, notation(secret.split(" ")), after].filter((part) => part !== "").join("_")
          expect([name, isSecretField(name)]).toEqual([name, true])
        }
      }
    }
  })

  it("is not misled by what two words have in common with one", () => {
    const harmlessNames = `
      discardNotes discard_notes wildcardNote postcardNote cardNotes boardingPass boarding_pass skiPass
      seasonPasses secretary secretaryName legalSecretariat undersecretary secretaria secrétaire
      shippingPinned topIncome spinCodes mapInfo compassDirection trespass passengerName passportNumber
      expandAll japanCode campaign panel companyPanel spotPrice hotPot topTen robotParts
      resenha desenhador palabrasClave parolaChiave carteDeVisite numeroDeTelefono codigoPostal
      postalCode countryCode promoCode colorCode accessLevel keyResult apiVersion creditLimit`
    for (const name of harmlessNames.trim().split(/\s+/))
      expect([name, isSecretField(name)]).toEqual([name, false])
  })

  it.each(
    `smsCode loginCode sign_in_code authCode authenticatorCode confirmationCode verificationCode 2faCode
     code2fa_2fa_code resetCode accessCode activation-code recoveryCodes otc userpin user_pin dbpass dbPass
     newpass mypin wifipw encryptionKey signingKey master_key sshKey secretKey psk mnemonic recoveryPhrase
     seedPhrase seed_phrase confirm Confirm accountNumber account_no`
      .trim()
      .split(/\s+/),
  )("knows one by two words, or by a short one: %s", (name) => {
    expect(isSecretField(name)).toBe(true)
  })

  it.each(
    `passRate pass_count passYear pin_color pinColour pinBoard tokenize tokenizer tokenization tokenCount
     maxTokens creditCardType card_type password_length zipCode qrCode eventCode confirmEmail confirmTerms
     sortKey primaryKey sessionTitle account accountName catchPhrase spin cardPinned newPassenger`
      .trim()
      .split(/\s+/),
  )("shows what only speaks of one: %s", (name) => {
    expect(isSecretField(name)).toBe(false)
  })

  it("is not led astray by a quality that stands before another secret", () => {
    for (const name of ["tokenCountPassword", "pinColor.token", "passwordTypePin"]) {
      expect([name, isSecretField(name)]).toEqual([name, true])
    }
  })

  it("takes names of the app's as whole words, in any notation", () => {
    const isSecret = secretRule({ secretFields: ["age", "home address", "x1", "生日", "Größe"] })
    const told = (names: string) => names.split(" ").filter((name) => isSecret(name))
    const hidden =
      "age Age AGE ages user.age user[age] users[0].age ageAtEntry home_address homeAddress homeaddress x1 x_1 新生日 größe"
    expect(told(hidden)).toEqual(hidden.split(" "))
    expect(told("message language page image agent homeTown address x2 max12 日")).toEqual([])
  })

  it.each(["🍪", "", " ", "[]", "--"])("refuses %j by name, which would hide nothing", (odd) => {
    expect(() => secretRule({ secretFields: ["age", odd] })).toThrow(
      expect.objectContaining({
        code: "SESSION_OPTIONS_INVALID",
        message: expect.stringContaining(`"${odd}"`),
      }),
    )
  })

  it("looks no further into names that are long only once their letters are apart", () => {
    const isSecret = secretRule({})
    const cost = (name: (n: number) => string) => {
      const names = Array.from({ length: 1000 }, (_, n) => name(n).slice(0, 200))
      const rounds = Array.from({ length: 7 }, () => {
        const started = performance.now()
        for (const each of names) isSecret(each)
        return performance.now() - started
      })
      return Math.min(...rounds)
    }
    const plain = cost((n) => `${n}${"aB1.".repeat(50)}`)
    for (const unit of ["ﷺ", "가", "ế", "㍻", "ﷺa.B"]) {
      expect(cost((n) => `${n}${unit.repeat(200)}`)).toBeLessThan(2 * plain + 10)
    }
  })

  it("lets an app show one by its exact name, and keeps what the app calls secret", () => {
    const isSecret = secretRule({
      visibleFields: ["pincode", "guests[].pass", "maidenName"],
      secretFields: ["maiden name"],
    })
    const told = [
      "pincode",
      "pinCode",
      "address.pincode",
      "guests[0].pass",
      "guests[12].pass",
      "guests[0].passcode",
      "maidenName",
    ]
    expect(told.map((name) => [name, isSecret(name)])).toEqual([
      ["pincode", false],
      ["pinCode", true],
      ["address.pincode", true],
      ["guests[0].pass", false],
      ["guests[12].pass", false],
      ["guests[0].passcode", true],
      ["maidenName", true],
    ])
  })

  it("takes an absurdly long name for secret, and no time for it", () => {
    const isSecret = secretRule({ secretFields: ["x1"] })
    const started = performance.now()
    for (const piece of ["1", "a1", "A", "p.", "pass ", "[", "パ", "\u0301"]) {
      expect(isSecret(piece.repeat(1_000_000))).toBe(true)
      for (let n = 0; n < 1000; n += 1) isSecret(piece.repeat(200).slice(0, 200))
    }
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
