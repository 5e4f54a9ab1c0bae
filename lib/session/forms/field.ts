import type { FormReader } from "../core/form-reader.ts"

/** Ties a control to its message. */
interface ErrorProps {
  readonly "aria-invalid": true | undefined
  readonly "aria-describedby": string | undefined
}

export interface FieldProps extends ErrorProps {
  readonly name: string
  readonly defaultValue: string
}

export interface ChoiceProps extends ErrorProps {
  readonly name: string
  readonly value: string
  readonly defaultChecked: boolean
}

/**
 * The props of an input, textarea or select: `<input {...field(session, "email")} />`.
 *
 * @param form the session, or one of its forms
 * @param value what the field holds before anything was typed
 */
export function field<Field extends string>(form: FormReader<Field>, name: Field, value = ""): FieldProps {
  const typed = form.oldAll(name)
  return { name, defaultValue: typed === undefined ? value : (typed[0] ?? ""), ...errorProps(form, name) }
}

/**
 * The props of one checkbox or radio button: `<input type="radio" {...choice(session, "plan", "pro")} />`.
 *
 * @param checked whether it is ticked before anything was sent
 */
export function choice<Field extends string>(
  form: FormReader<Field>,
  name: Field,
  value: string,
  checked = false,
): ChoiceProps {
  const sent = form.oldAll(name)
  return {
    name,
    value,
    defaultChecked: sent === undefined ? checked : sent.includes(value),
    ...errorProps(form, name),
  }
}

/** The id of the element that shows a field's messages; `<FieldError>` is that element. */
export function errorId(form: Pick<FormReader, "bag">, name: string): string {
  return [form.bag, name, "error"].filter((part) => part !== "").join("-")
}

function errorProps<Field extends string>(form: FormReader<Field>, name: Field): ErrorProps {
  const invalid = form.hasError(name)
  return {
    "aria-invalid": invalid || undefined,
    "aria-describedby": invalid ? errorId(form, name) : undefined,
  }
}
