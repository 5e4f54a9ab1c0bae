import { z } from "zod"

export const SignIn = z.object({
  email: z.email("Enter an e-mail address"),
  password: z.string().min(1, "Enter your password"),
})
