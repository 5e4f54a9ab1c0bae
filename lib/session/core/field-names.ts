type Leaf = string | number | boolean | bigint | symbol | Date | Blob | null | undefined

/**
 * The names a form's fields can have, from the shape its schema takes: `email`, `address.street`,
 * `tags`, `tags[]`, `items[0].name`. A shape that is not known in detail allows any name.
 */
export type FieldNames<Shape> = unknown extends Shape ? string : NamesIn<NonNullable<Shape>>

type NamesIn<Shape> = Shape extends Leaf
  ? never
  : { [Key in keyof Shape & string]: NamesAt<Key, NonNullable<Shape[Key]>> }[keyof Shape & string]

type NamesAt<Name extends string, Value> = Value extends readonly (infer Item)[]
  ? Name | `${Name}[]` | `${Name}[${number}]` | NamesBelow<`${Name}[${number}]`, NonNullable<Item>>
  : Name | NamesBelow<Name, Value>

type NamesBelow<Name extends string, Value> = Value extends Leaf
  ? never
  : { [Key in keyof Value & string]: NamesAt<`${Name}.${Key}`, NonNullable<Value[Key]>> }[keyof Value &
      string]
