import { type as ark } from "arktype"
import type { StandardSchemaV1 } from "@standard-schema/spec"
import * as v from "valibot"
import { describe, expectTypeOf, it } from "vitest"
import { z } from "zod"
import { emptySession } from "./empty-session"
import type { FieldNames } from "./field-names"

type NamesOf<Schema extends StandardSchemaV1> = FieldNames<StandardSchemaV1.InferInput<Schema>>

// Checked by the compiler: `npm run typecheck`.
describe("the names of a form's fields", () => {
  it("are those of the schema, nested and repeated, whichever made it", () => {
    const schemas = {
      zod: z.object({
        email: z.string(),
        avatar: z.file().optional(),
        born: z.date().nullable(),
        age: z.coerce.number(),
        address: z.object({ street: z.string() }).optional(),
        tags: z.array(z.string()),
        items: z.array(z.object({ name: z.string() })),
        rows: z.array(z.array(z.string())),
      }),
      valibot: v.object({
        email: v.string(),
        avatar: v.optional(v.file()),
        born: v.nullable(v.date()),
        age: v.unknown(),
        address: v.optional(v.object({ street: v.string() })),
        tags: v.array(v.string()),
        items: v.array(v.object({ name: v.string() })),
        rows: v.array(v.array(v.string())),
      }),
      ark: ark({
        email: "string",
        "avatar?": "File",
        born: "Date | null",
        age: "unknown",
        "address?": { street: "string" },
        tags: "string[]",
        items: ark({ name: "string" }).array(),
        rows: "string[][]",
      }),
    }
    type Names =
      | "email"
      | "avatar"
      | "born"
      | "age"
      | `age.${string}`
      | `age[${string}`
      | "address"
      | "address.street"
      | "tags"
      | "tags[]"
      | `tags[${number}]`
      | "items"
      | "items[]"
      | `items[${number}]`
      | `items[${number}].name`
      | "rows"
      | "rows[]"
      | `rows[${number}]`
      | `rows[${number}][]`
      | `rows[${number}][${number}]`
    expectTypeOf<NamesOf<typeof schemas.zod>>().toEqualTypeOf<Names>()
    expectTypeOf<NamesOf<typeof schemas.valibot>>().toEqualTypeOf<Names>()
    expectTypeOf<NamesOf<typeof schemas.ark>>().toEqualTypeOf<Names>()
    expectTypeOf<"rows[0].length">().not.toExtend<Names>()
    expectTypeOf<"rows[0][1]">().toExtend<NamesOf<typeof schemas.zod>>()
    expectTypeOf<"address.city">().not.toExtend<NamesOf<typeof schemas.zod>>()
  })

  it("are any, where the shape is not known", () => {
    expectTypeOf<FieldNames<unknown>>().toEqualTypeOf<string>()
    const schemas = {
      any: z.any(),
      unknown: z.unknown(),
      json: z.json(),
      valibot: v.any(),
      record: z.record(z.string(), z.any()),
      ark: ark("object.json"),
    }
    expectTypeOf<NamesOf<typeof schemas.any>>().toEqualTypeOf<string>()
    expectTypeOf<NamesOf<typeof schemas.unknown>>().toEqualTypeOf<string>()
    expectTypeOf<NamesOf<typeof schemas.json>>().toEqualTypeOf<string>()
    expectTypeOf<NamesOf<typeof schemas.valibot>>().toEqualTypeOf<string>()
    expectTypeOf<NamesOf<typeof schemas.record>>().toEqualTypeOf<string>()
    expectTypeOf<NamesOf<typeof schemas.ark>>().toEqualTypeOf<string>()
  })

  it("are any below a property that is not known, and the property's own beside it", () => {
    const zod = z.object({ name: z.string(), extra: z.any(), meta: z.json(), far: z.unknown() })
    const valibot = v.object({ name: v.string(), extra: v.any(), meta: v.unknown(), far: v.unknown() })
    const arked = ark({ name: "string", extra: "unknown", meta: "object.json", far: "unknown" })
    type Names = "name" | "extra.a[0].b" | "meta.a[0].b" | "meta[0]" | "far.x" | "far[0].x"
    expectTypeOf<Names>().toExtend<NamesOf<typeof zod>>()
    expectTypeOf<Names>().toExtend<NamesOf<typeof valibot>>()
    expectTypeOf<Names>().toExtend<NamesOf<typeof arked>>()
    type All = NamesOf<typeof zod> | NamesOf<typeof valibot> | NamesOf<typeof arked>
    expectTypeOf<"nmae">().not.toExtend<All>()
    expectTypeOf<"name.first">().not.toExtend<All>()
  })

  it("are the places a tuple has, and any place of a list that only begins as one", () => {
    const zod = z.object({
      tup: z.tuple([z.string(), z.object({ q: z.string() })]),
      more: z.tuple([z.string()], z.object({ q: z.string() })),
      maybe: z.tuple([z.string(), z.string().optional()]),
    })
    const valibot = v.object({ tup: v.tuple([v.string(), v.object({ q: v.string() })]) })
    type Places = "tup" | "tup[]" | "tup[0]" | "tup[1]" | "tup[1].q"
    type More = "more" | "more[]" | `more[${number}]` | `more[${number}].q`
    type Maybe = "maybe" | "maybe[]" | "maybe[0]" | "maybe[1]"
    expectTypeOf<NamesOf<typeof zod>>().toEqualTypeOf<Places | More | Maybe>()
    expectTypeOf<NamesOf<typeof valibot>>().toEqualTypeOf<Places>()
    expectTypeOf<FieldNames<{ nothing: [] }>>().toEqualTypeOf<"nothing" | "nothing[]">()
  })

  it("are numbers, where a shape has such keys", () => {
    const zod = z.object({ 1: z.string(), days: z.object({ 2: z.object({ from: z.string() }) }) })
    expectTypeOf<NamesOf<typeof zod>>().toEqualTypeOf<"1" | "days" | "days.2" | "days.2.from">()
    type Rows = FieldNames<{ rows: Record<number, { q: string }> }>
    expectTypeOf<"rows.7.q">().toExtend<Rows>()
    expectTypeOf<"rows.x.q">().not.toExtend<Rows>()
  })

  it("are spelled out for one round of a shape that holds itself, and any from there on", () => {
    interface Tree {
      label: string
      left?: Tree | undefined
      right?: Tree | undefined
      children: Tree[]
    }
    const Zod = z.object({
      label: z.string(),
      get children() {
        return z.array(Zod)
      },
    })
    const Valibot: v.GenericSchema<Tree> = v.object({
      label: v.string(),
      left: v.optional(v.lazy(() => Valibot)),
      right: v.optional(v.lazy(() => Valibot)),
      children: v.array(v.lazy(() => Valibot)),
    })
    const Ark = ark.scope({ tree: { label: "string", children: "tree[]" } }).export().tree
    type Right = "children[0].label" | "children[0].children[1].anything"
    expectTypeOf<Right>().toExtend<NamesOf<typeof Zod>>()
    expectTypeOf<Right | "left.right.anything">().toExtend<NamesOf<typeof Valibot>>()
    expectTypeOf<Right>().toExtend<NamesOf<typeof Ark>>()
    expectTypeOf<"children[0].lable">().not.toExtend<NamesOf<typeof Zod>>()
    expectTypeOf<"children[0].lable">().not.toExtend<NamesOf<typeof Valibot>>()
    expectTypeOf<"children[0].lable">().not.toExtend<NamesOf<typeof Ark>>()
    expectTypeOf<"a.name" | "b[1].c.name" | "a.b[0].anything">().toExtend<FieldNames<Wide>>()
    expectTypeOf<"a.nmae" | "b[1].c.nmae">().not.toExtend<FieldNames<Wide>>()
    expectTypeOf<FieldNames<{ list: NestedList }>>().toExtend<string>()
  })

  it("are what the readers of a form take", () => {
    const session = emptySession()
    const rows = z.object({ rows: z.array(z.array(z.string())) })
    session.form<typeof rows>().error("rows[0][1]")
    // @ts-expect-error a list's own properties are no fields
    session.form<typeof rows>().error("rows[0].length")
    const any = z.object({ any: z.any() })
    session.form<typeof any>().old("any.thing")
    const json = z.json()
    session.form<typeof json>().old("anything")
    // @ts-expect-error there is no such field
    session.form<typeof any>().old("other")
  })
})

type NestedList = NestedList[]

/** Spelled out six steps deep, this is a million names. */
interface Wide extends Record<"a" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j", Wide> {
  name: string
  b: Wide[]
}
