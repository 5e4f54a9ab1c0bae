import { z } from "zod"

export const languages = { en: "English", nl: "Nederlands", pl: "Polski" } as const
export const topics = { news: "News", events: "Events", offers: "Offers" } as const
export const themes = { system: "As my system", light: "Light", dark: "Dark" } as const

const keysOf = <Key extends string>(options: Record<Key, string>) =>
  z.enum(Object.keys(options) as [Key, ...Key[]])

export const SettingsForm = z.object({
  name: z.string().trim().min(1, "Tell us your name"),
  address: z.object({
    street: z.string().trim(),
    city: z.string().trim().min(1, "Tell us your city"),
  }),
  phones: z.array(
    z.union([z.literal(""), z.string().regex(/^\+?[\d ]{6,20}$/, "Use digits and spaces only")]),
  ),
  language: keysOf(languages),
  topics: z.array(keysOf(topics)).default([]),
  theme: keysOf(themes),
  picture: z.file().max(100_000, "Use a picture of at most 100 kB").optional(),
})

export const PasswordForm = z
  .object({
    currentPassword: z.string().min(1, "Enter your current password"),
    newPassword: z.string().min(12, "Use at least 12 characters"),
    repeatPassword: z.string(),
  })
  .refine((form) => form.newPassword === form.repeatPassword, {
    path: ["repeatPassword"],
    message: "Repeat the new password exactly",
  })

/** What is kept of the form: the picture's name, not the picture. */
export type Settings = Omit<z.output<typeof SettingsForm>, "picture"> & { picture: string }
