import type { Metadata } from "next"
import { getSession } from "@/app/session"
import { choice, field, FieldError, FormError, Select, SubmitButton } from "next-session-kit/react"
import { changePassword, saveSettings } from "./actions"
import { languages, themes, topics, type PasswordForm, type SettingsForm } from "./schema"

export const metadata: Metadata = { title: "Settings" }

const PHONES = [0, 1, 2]

export default async function SettingsPage() {
  const session = await getSession()
  const saved = session.get("settings")
  const form = session.form<typeof SettingsForm>()
  const password = session.form<typeof PasswordForm>("password")
  return (
    <>
      <h1>Settings</h1>
      <form action={saveSettings} noValidate className="stack">
        <FormError form={form} />
        <label>
          Name
          <input {...field(form, "name", saved?.name)} autoComplete="name" />
        </label>
        <FieldError form={form} name="name" />
        <label>
          Street
          <input {...field(form, "address.street", saved?.address.street)} />
        </label>
        <label>
          City
          <input {...field(form, "address.city", saved?.address.city)} />
        </label>
        <FieldError form={form} name="address.city" />

        {PHONES.map((index) => (
          <div key={index} className="stack">
            <label>
              Phone {index + 1}
              <input {...field(form, `phones[${index}]`, saved?.phones[index])} type="tel" />
            </label>
            <FieldError form={form} name={`phones[${index}]`} />
          </div>
        ))}

        <label>
          Language
          <Select form={form} name="language" value={saved?.language ?? "en"}>
            {Object.entries(languages).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </label>

        <fieldset>
          <legend>Write to me about</legend>
          {Object.entries(topics).map(([value, label]) => (
            <label key={value}>
              <input
                {...choice(
                  form,
                  "topics[]",
                  value,
                  saved?.topics.some((topic) => topic === value),
                )}
                type="checkbox"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>Theme</legend>
          {Object.entries(themes).map(([value, label]) => (
            <label key={value}>
              <input {...choice(form, "theme", value, value === (saved?.theme ?? "system"))} type="radio" />
              {label}
            </label>
          ))}
        </fieldset>

        <label>
          Picture
          <input name="picture" type="file" accept="image/*" />
        </label>
        <FieldError form={form} name="picture" />
        {saved?.picture && <p>Now: {saved.picture}</p>}
        <SubmitButton>Save settings</SubmitButton>
      </form>

      <h2>Change the password</h2>
      <form action={changePassword} noValidate className="stack">
        <FormError form={password} />
        <label>
          Current password
          <input {...field(password, "currentPassword")} type="password" autoComplete="current-password" />
        </label>
        <FieldError form={password} name="currentPassword" />
        <label>
          New password
          <input {...field(password, "newPassword")} type="password" autoComplete="new-password" />
        </label>
        <FieldError form={password} name="newPassword" />
        <label>
          Repeat the new password
          <input {...field(password, "repeatPassword")} type="password" autoComplete="new-password" />
        </label>
        <FieldError form={password} name="repeatPassword" />
        <SubmitButton>Change password</SubmitButton>
      </form>
    </>
  )
}
