import { describe, expect, it } from "vitest"
import { isSecretField } from "./secret-fields.ts"

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
})
