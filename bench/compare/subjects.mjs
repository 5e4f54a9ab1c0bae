/**
 * Who is compared. `recipe` is the folder of a rival's sources; the kit has none, for the fixture is its own.
 * `needs` are the abilities that cases ask for (`cases.ts`) and this one does not claim.
 */
export const subjects = [
  { name: "kit", title: "next-session-kit", needs: [] },
  {
    name: "middleware-cookie",
    title: "flash cookie, cleared in middleware",
    recipe: "middleware-cookie",
    needs: ["address", "form feedback", "a message written while middleware rewrites"],
  },
  {
    name: "effect-cookie",
    title: "flash cookie, cleared by an effect",
    recipe: "effect-cookie",
    needs: ["address", "form feedback", "a message written while middleware rewrites"],
  },
  {
    name: "search-parameter",
    title: "toast from the address (`?success=`)",
    recipe: "search-parameter",
    needs: [
      "address",
      "form feedback",
      "a message written while middleware rewrites",
      "a message without a redirect",
    ],
  },
  {
    name: "toast-cookie",
    title: "a cookie per toast, sonner, dismissed by an action",
    recipe: "toast-cookie",
    needs: [
      "address",
      "form feedback",
      "a message written while middleware rewrites",
      "leaves with its page",
    ],
  },
  {
    name: "iron-flash",
    title: "iron-session with a `flash` field",
    recipe: "iron-flash",
    needs: ["address", "form feedback", "a message written while middleware rewrites"],
  },
]
