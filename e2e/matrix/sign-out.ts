import { onPage, open, openForm, submit, type MatrixCase } from "../case.ts"

export const signOut: readonly MatrixCase[] = [
  {
    name: "a message written after it, once, and a guard that knows the person no more",
    core: true,
    async run(tools) {
      await openForm(tools, { text: `${tools.text} in` })
      await tools.page.getByLabel("name").fill("Ada")
      await submit(tools.page, "check in a helper")
      await onPage(tools.page, "target")
      await tools.shown.once(`${tools.text} in`)
      await open(tools, "/vault")
      await onPage(tools.page, "vault")
      await openForm(tools, { text: `${tools.text} out`, out: "1", redirect: "/other" })
      await submit(tools.page)
      await onPage(tools.page, "other")
      await tools.shown.once(`${tools.text} out`)
      await open(tools, "/vault")
      await onPage(tools.page, "other")
      await tools.shown.once(`${tools.text} out`)
    },
  },
]
