import { describe, expect, it } from "vitest"
import { formToObject, typedText } from "./form-data.ts"

function form(...fields: [string, string | Blob][]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

const file = (text = "picture", name = "me.png") => new File([text], name, { type: "image/png" })

describe("formToObject", () => {
  it("gives single fields as text, empty ones too", () => {
    expect(formToObject(form(["email", "a@b"], ["blank", ""]))).toEqual({ email: "a@b", blank: "" })
  })

  it("gives a name sent several times as a list", () => {
    expect(formToObject(form(["tag", "a"], ["other", "x"], ["tag", "b"]))).toEqual({
      tag: ["a", "b"],
      other: "x",
    })
  })

  it("gives tags[] as a list however often it was sent", () => {
    expect(formToObject(form(["tags[]", "a"]))).toEqual({ tags: ["a"] })
    expect(formToObject(form(["tags[]", "a"], ["tags[]", "b"]))).toEqual({ tags: ["a", "b"] })
    expect(formToObject(form(["post.tags[]", "a"]))).toEqual({ post: { tags: ["a"] } })
  })

  it("nests objects and lists", () => {
    expect(
      formToObject(form(["items[0].name", "a"], ["items[1].name", "b"], ["address.street", "s"])),
    ).toEqual({
      items: [{ name: "a" }, { name: "b" }],
      address: { street: "s" },
    })
  })

  it("leaves out React's own hidden fields", () => {
    const fields = ["$ACTION_REF_1", "$ACTION_1:0", "$ACTION_KEY", "$ACTION_ID_abc"]
    const sent = form(...fields.map((name): [string, string] => [name, "x"]), ["price$", "1"], ["$", "2"])
    expect(formToObject(sent)).toEqual({ price$: "1", $: "2" })
  })

  it("passes files on as they are", () => {
    const result = formToObject(form(["avatar", file()]))
    expect(result.avatar).toBeInstanceOf(File)
  })

  it("reads absurd and hostile names as plain fields", () => {
    const result = formToObject(
      form(["items[1000000000]", "x"], ["__proto__", "y"], ["constructor.prototype.z", "z"]),
    )
    expect(Object.keys(result)).toEqual(["items[1000000000]", "__proto__", "constructor"])
    expect(({} as { z?: string }).z).toBeUndefined()
  })

  // A field named after a property of File writes that property onto the uploaded file.
  it.each([
    ["size", "1"],
    ["type", "image/png"],
    ["name", "harmless.png"],
  ])("does not let a field avatar.%s speak for the uploaded file", (property, claimed) => {
    const big = file("x".repeat(100_000), "evil.html")
    const { avatar } = formToObject(
      form(["avatar", new File([big], "evil.html", { type: "text/html" })], [`avatar.${property}`, claimed]),
    )
    expect((avatar as File)[property as "size"]).not.toBe(claimed)
  })
})

describe("typedText", () => {
  const isSecret = (name: string) => name === "password"

  it("gives text per field as named in the form, in order, repeated ones together", () => {
    const sent = form(["tags[]", "a"], ["name", 'Zoë\n"x"'], ["tags[]", "b"], ["blank", ""])
    expect(typedText(sent, isSecret)).toEqual([
      ["tags[]", ["a", "b"]],
      ["name", ['Zoë\n"x"']],
      ["blank", [""]],
    ])
  })

  it("leaves out files, secrets and React's own fields", () => {
    const sent = form(["avatar", file()], ["password", "hunter2"], ["$ACTION_KEY", "k"], ["name", "x"])
    expect(typedText(sent, isSecret)).toEqual([["name", ["x"]]])
  })
})
