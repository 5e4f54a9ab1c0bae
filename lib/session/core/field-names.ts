/**
 * The names a form's fields can have, from the shape its schema takes: `email`, `address.street`,
 * `tags`, `tags[]`, `items[0].name`, `rows[0][1]`. A shape that is not known in detail allows any name.
 * So does what lies more than six steps deep, or in a shape that holds itself, from its second round on.
 */
export type FieldNames<Shape> = unknown extends Shape
  ? string
  : PropertyNames<NonNullable<Shape>, "", never, [1, 1, 1, 1, 1, 1]>

/** What a field holds as a whole. */
type Leaf =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | Date
  | Blob
  | AnyMap
  | AnyFunction
  | null
  | undefined
type AnyMap = ReadonlyMap<never, unknown> | ReadonlySet<never>
type AnyFunction = (...args: never[]) => unknown

/**
 * @typeParam Seen the shapes on the way here: spelled out for ever, one with four of its own kind takes
 *   the compiler minutes
 * @typeParam Left one element for each step of a name that may still be spelled out
 */
type PropertyNames<Shape, Before extends string, Seen, Left extends unknown[]> = Shape extends Leaf
  ? never
  : {
      [Key in keyof Shape & (string | number)]: NamesFrom<
        `${Before}${Key}`,
        Shape[Key],
        Seen | Same<Shape>,
        Same<Shape> extends Seen ? [] : Left
      >
    }[keyof Shape & (string | number)]

type NamesFrom<Name extends string, Value, Seen, Left extends unknown[]> =
  | Name
  | (unknown extends Value ? AnyBelow<Name> : NamesBelow<Name, NonNullable<Value>, Seen, Left>)

type NamesBelow<Name extends string, Value, Seen, Left extends unknown[]> = Value extends Leaf
  ? never
  : Left extends [unknown, ...infer Rest]
    ? Value extends readonly (infer Item)[]
      ? `${Name}[]` | ItemNames<Name, Value, Item, Seen, Rest>
      : PropertyNames<Value, `${Name}.`, Seen, Rest>
    : AnyBelow<Name>

/** A tuple has the places it has, a list any number. */
type ItemNames<
  Name extends string,
  List extends readonly unknown[],
  Item,
  Seen,
  Left extends unknown[],
> = number extends List["length"]
  ? NamesFrom<`${Name}[${number}]`, Item, Seen, Left>
  : {
      [Place in keyof List & `${number}`]: NamesFrom<`${Name}[${Place}]`, List[Place], Seen, Left>
    }[keyof List & `${number}`]

type AnyBelow<Name extends string> = `${Name}.${string}` | `${Name}[${string}`

/** Extends only its like: neither a narrower shape nor a wider one. */
type Same<Shape> = (shape: Shape) => Shape
