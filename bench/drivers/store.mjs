import { randomBytes } from "node:crypto"

const HOUR = 3600
const noChange = { put: {}, forget: [], add: {}, flash: {}, dropFlash: [] }
const seconds = () => Math.floor(Date.now() / 1000)
/** As the kit makes them: a tag, which a session keeps, and a secret. */
const newId = (tag = randomBytes(3).toString("base64url")) => tag + randomBytes(24).toString("base64url")

/**
 * Drives a store by the operations the kit itself calls. A commit names the change and the whole
 * content that results from it: an atomic store uses the former, any other the latter.
 */
export function storeDriver(store) {
  const load = (id, claims = []) => store.take(id, claims, () => {})

  async function commit(
    session,
    changes,
    { id = session.id, data = session.data, flash = session.flash } = {},
  ) {
    const committed = await store.commit({
      from: session.id,
      id,
      wipe: false,
      data,
      flash,
      changes: { ...noChange, ...changes },
      meta: { createdAt: session.createdAt, expiresAt: seconds() + HOUR },
    })
    return committed === undefined ? "gone" : "ok"
  }

  async function change({ id }, changed) {
    const session = await load(id)
    return session === undefined ? "refused" : changed(session)
  }

  const putInto = (session, key, value) =>
    commit(session, { put: { [key]: value } }, { data: { ...session.data, [key]: value } })

  return {
    async start() {
      const id = newId()
      const meta = { createdAt: seconds(), expiresAt: seconds() + HOUR }
      await store.save(id, { owner: "somebody" }, {}, meta)
      return { id }
    },
    put: (handle, key, value) => change(handle, (session) => putInto(session, key, value)),
    increment: (handle, key) =>
      change(handle, (session) =>
        commit(
          session,
          { add: { [key]: 1 } },
          { data: { ...session.data, [key]: (session.data[key] ?? 0) + 1 } },
        ),
      ),
    async read({ id }) {
      return (await load(id))?.data
    },
    async flash(handle, text) {
      const flashId = randomBytes(12).toString("base64url")
      const delivery = {
        to: "/target",
        expiresAt: seconds() + HOUR,
        messages: [["success", text]],
        forms: [],
      }
      const flash = { [flashId]: delivery }
      await change(handle, (session) => commit(session, { flash }, { flash: { ...session.flash, ...flash } }))
      return { ...handle, flashId }
    },
    /** Whether this taker got the message. */
    async take({ id, flashId }) {
      const session = await load(id, [{ id: flashId, by: "document", over: [] }])
      if (session === undefined || !Object.hasOwn(session.flash, flashId)) return false
      if (!store.isAtomic) {
        // Without claims, the usual way: read and delete.
        const { [flashId]: _, ...flash } = session.flash
        await commit(session, { dropFlash: [flashId] }, { flash })
      }
      return true
    },
    async rotate(handle) {
      const id = newId(handle.id.slice(0, 4))
      const outcome = await change(handle, (session) => commit(session, {}, { id }))
      if (outcome !== "ok") throw new Error(`The new id was not made: ${outcome}`)
      return { id }
    },
    signOut: ({ id }) => store.destroy(id),
    /** A write whose session was read when `loaded` settles, and which is sent by `finish`. */
    slowPut({ id }, key, value) {
      const loaded = load(id)
      return {
        loaded,
        async finish() {
          const session = await loaded
          return session === undefined ? "refused" : putInto(session, key, value)
        },
      }
    },
  }
}
