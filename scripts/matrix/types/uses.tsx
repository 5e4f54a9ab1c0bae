import { emptySession, rethrowSessionSignal } from "next-session-kit"
import { register as registerDefault } from "next-session-kit/instrumentation"
import { setupProxy } from "next-session-kit/proxy"
import { choice, field, FieldError, FormError, ListField, Select, SubmitButton } from "next-session-kit/react"
import { createClock } from "next-session-kit/testing"
import { storeSuite } from "next-session-kit/testing/store-suite"
import { memoryStore } from "next-session-kit/stores/memory"
import { z } from "zod"
import {
  back,
  FlashMessages,
  getSession,
  sessionAction,
  sessionRoute,
  stateAction,
  validate,
} from "./session.js"

const Profile = z.object({ name: z.string(), topics: z.array(z.string()) })

export const save = sessionAction(async (session, form: FormData) => {
  const profile = await validate(session, Profile, form)
  const name: string = profile.name
  session.put("visits", (session.get("visits") ?? 0) + 1)
  session.flash("success", name)
  session.flash("order", { id: 1, lines: [] }, { to: "/orders" })
  // @ts-expect-error no such key
  session.put("unknown", 1)
  // @ts-expect-error another type
  session.put("visits", "many")
  if (name === "") return back(session, { errors: { name: "Say who you are" }, input: form })
})

export const count = stateAction(async (session, previous: { sum: number }, form: FormData) => {
  await validate(session, Profile, form)
  return { sum: previous.sum + session.increment("visits") }
})

export const POST = sessionRoute(async (session, request) => {
  try {
    await validate(session, Profile, await request.formData())
  } catch (error) {
    rethrowSessionSignal(error)
  }
  return Response.json({ id: session.id })
})

export default async function Page() {
  const session = await getSession()
  const user: string | undefined = session.get("userId")
  const order: { id: number } | undefined = session.getFlashOr("order")
  // @ts-expect-error reading only
  session.put("visits", 1)
  const profile = session.form<typeof Profile>()
  // @ts-expect-error no such field
  field(profile, "email")
  // @ts-expect-error no such field
  choice(profile, "plan", "pro")
  return (
    <form action={save}>
      <FlashMessages kinds={{ success: "status" }} />
      {/* @ts-expect-error no such key */}
      <FlashMessages kinds={{ unknown: "status" }} />
      {/* @ts-expect-error holds no text */}
      <FlashMessages kinds={{ order: "status" }} />
      {/* @ts-expect-error no such field */}
      <FieldError form={profile} name="email" />
      {/* @ts-expect-error no such field */}
      <Select form={profile} name="email" />
      {/* @ts-expect-error no such field */}
      <ListField form={profile} name="names[]" />
      <ListField form={profile} name="topics[]" />
      <input {...field(profile, "name")} />
      <FormError form={session} />
      <input {...field(session, "name")} />
      <FieldError form={session} name="name" />
      <input {...choice(session, "topics[]", "news")} />
      <Select form={session} name="topics" multiple>
        <option value="news">News {user ?? emptySession().id}</option>
      </Select>
      <SubmitButton>Save {order?.id}</SubmitButton>
    </form>
  )
}

export const { sessionMiddleware } = setupProxy<{ userId: string }>({ cookieName: "shop" })
export const register = registerDefault

const clock = createClock()
storeSuite({ name: "memory", create: ({ now }) => memoryStore({ now }), serverSide: true })
clock.advance(1)
