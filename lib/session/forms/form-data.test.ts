import { describe, expect, it } from "vitest"
import { formToObject as unfold, textOf, type Blank } from "./form-data"
import { readForm } from "./read-form"

const formToObject = (data: FormData, blank?: Blank) => unfold(readForm(data), blank)

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
    expect(result?.avatar).toBeInstanceOf(File)
  })

  it("reads hostile names as plain fields", () => {
    const result = formToObject(form(["a[b]", "x"], ["__proto__", "y"], ["constructor.prototype.z", "z"]))
    expect(Object.keys(result ?? {})).toEqual(["a[b]", "__proto__", "constructor"])
    expect(({} as { z?: string }).z).toBeUndefined()
  })

  it("refuses names that go too far", () => {
    for (const name of ["items[1000]", `a${".b".repeat(12)}`]) {
      expect(formToObject(form(["title", "x"], [name, "y"]))).toBeUndefined()
    }
    const gaps = (count: number) =>
      form(...Array.from({ length: count }, (_, n): [string, string] => [`rows[${n}][500]`, "x"]))
    expect(formToObject(gaps(2))?.rows).toHaveLength(2)
    expect(formToObject(gaps(3))).toBeUndefined()
  })

  it("gives what was left blank as text, or, when asked, not at all; in a list always as text", () => {
    const sent = form(
      ["a", ""],
      ["b.c", ""],
      ["d", " "],
      ["tags[]", ""],
      ["rows[0]", ""],
      ["e", ""],
      ["e", ""],
    )
    const lists = { d: " ", tags: [""], rows: [""], e: ["", ""] }
    expect(formToObject(sent)).toEqual({ a: "", b: { c: "" }, ...lists })
    expect(formToObject(sent, "undefined")).toStrictEqual({ b: {}, ...lists })
  })

  // Of the browser's empty name Next's router makes "undefined", and FormData "blob".
  it.each(["", "undefined", "blob"])("leaves out a file that was not chosen, named %j", (name) => {
    const none = new File([], name, { type: "application/octet-stream" })
    expect(formToObject(form(["a", none], ["c[]", none], ["d[]", none], ["d[]", file()]))).toStrictEqual({
      c: [],
      d: [expect.any(File)],
    })
  })

  it("keeps a file that was chosen, an empty one too", () => {
    const empty = new File([], "empty.txt")
    const blob = new File(["x"], "blob")
    expect(formToObject(form(["a", empty], ["b[]", blob]))).toEqual({ a: empty, b: [blob] })
  })

  it("makes an empty list of one the form says it has", () => {
    const declared = ["tags[]", "post.tags[]", "more", "sent[]", "text"].map((name): [string, string] => [
      "_list",
      name,
    ])
    expect(formToObject(form(...declared, ["sent[]", "a"], ["text", "b"]))).toEqual({
      tags: [],
      post: { tags: [] },
      more: [],
      sent: ["a"],
      text: ["b"],
    })
    expect(formToObject(form(["_list", "__proto__"]))).toEqual(JSON.parse('{"__proto__":[]}'))
    expect(formToObject(form(["_list", "a[1000]"]))).toBeUndefined()
  })

  it.each<[string, [string, string | Blob][], unknown]>([
    [
      "one item",
      [
        ["_list", "langs"],
        ["langs", "de"],
      ],
      { langs: ["de"] },
    ],
    [
      "one item, declared after it",
      [
        ["langs", "de"],
        ["_list", "langs"],
      ],
      { langs: ["de"] },
    ],
    [
      "several",
      [
        ["_list", "langs"],
        ["langs", "de"],
        ["langs", "en"],
      ],
      { langs: ["de", "en"] },
    ],
    [
      "one far below",
      [
        ["items[0].tags", "t"],
        ["_list", "items[0].tags"],
      ],
      { items: [{ tags: ["t"] }] },
    ],
    [
      "a list in a list",
      [
        ["rows[0]", "a"],
        ["_list", "rows[0]"],
      ],
      { rows: [["a"]] },
    ],
    [
      "one that is blank",
      [
        ["_list", "langs"],
        ["langs", ""],
      ],
      { langs: [""] },
    ],
    [
      "one in the other notation",
      [
        ["_list", "topics"],
        ["topics[]", "news"],
      ],
      { topics: ["news"] },
    ],
    [
      "the same, turned round",
      [
        ["_list", "topics[]"],
        ["topics", "news"],
      ],
      { topics: ["news"] },
    ],
    [
      "one file",
      [
        ["_list", "pictures"],
        ["pictures", file()],
      ],
      { pictures: [expect.any(File)] },
    ],
    [
      "no file",
      [
        ["_list", "pictures"],
        ["pictures", new File([], "")],
      ],
      { pictures: [] },
    ],
  ])("makes a list of what the form says is one: %s", (_, fields, expected) => {
    expect(formToObject(form(...fields), "undefined")).toEqual(expected)
  })

  // A field named after a property of File writes that property onto the uploaded file.
  it.each([
    ["size", "1"],
    ["type", "image/png"],
    ["name", "harmless.png"],
  ])("does not let a field avatar.%s speak for the uploaded file", (property, claimed) => {
    const big = file("x".repeat(100_000), "evil.html")
    const result = formToObject(
      form(["avatar", new File([big], "evil.html", { type: "text/html" })], [`avatar.${property}`, claimed]),
    )
    const avatar = result?.avatar as File
    expect(avatar[property as "size"]).not.toBe(claimed)
  })
})

describe("textOf", () => {
  it("gives text per field as named in the form, in order, repeated ones together, no files", () => {
    const sent = form(
      ["tags[]", "a"],
      ["name", 'Zoë\n"x"'],
      ["tags[]", "b"],
      ["blank", ""],
      ["avatar", file()],
    )
    expect(textOf(readForm(sent))).toEqual([
      ["tags[]", ["a", "b"]],
      ["name", ['Zoë\n"x"']],
      ["blank", [""]],
    ])
  })

  it("leaves out React's own fields and the kit's", () => {
    const sent = form(["$ACTION_KEY", "k"], ["_back", "/a"], ["_list", "tags[]"], ["name", "x"])
    expect(textOf(readForm(sent))).toEqual([["name", ["x"]]])
  })
})
