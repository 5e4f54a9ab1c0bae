import type { FormReader } from "../core/form-reader"

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
 * The props of an input or textarea: `<input {...field(session, "email")} />`. For a select there is `<Select>`.
 *
 * @param form the session, or one of its forms
 * @param value what the field holds before anything was typed, and when the form did not send it back:
 *   a disabled field, a secret one, one that was too long. Of the last two `<FieldError>` says that they
 *   have to be entered again. A field that was emptied stays empty.
 */
export function field<Field extends string>(
  form: FormReader<Field>,
  name: NoInfer<Field>,
  value = "",
): FieldProps {
  return { name, defaultValue: form.oldAll(name)?.[0] ?? value, ...errorProps(form, name) }
}

/**
 * The props of one checkbox or radio button: `<input type="radio" {...choice(session, "plan", "pro")} />`.
 *
 * @param checked whether it is ticked before anything was sent, and when what was ticked is not given back,
 *   for its name says secret or the form was too long. A browser sends neither an unticked box nor a disabled
 *   one, and both count as unticked.
 */
export function choice<Field extends string>(
  form: FormReader<Field>,
  name: NoInfer<Field>,
  value: string,
  checked = false,
): ChoiceProps {
  return {
    name,
    value,
    defaultChecked: form.oldAll(name)?.includes(value) ?? checked,
    ...errorProps(form, name),
  }
}

/**
 * The id of the element that shows a field's messages; `<FieldError>` is that element. Another bag or
 * name is another id, and none has white space in it, which would make two of one.
 */
export function errorId(form: Pick<FormReader, "bag">, name: string): string {
  const parts = form.bag === "" ? [name] : [form.bag, name]
  return [...parts.map(idPart), "error"].join("-")
}

function idPart(text: string): string {
  return text.replace(/[^\w.[\]]/gu, (character) => `%${character.codePointAt(0)?.toString(16)};`)
}

/** What ties a control to its messages. */
export function errorProps<Field extends string>(form: FormReader<Field>, name: NoInfer<Field>): ErrorProps {
  const invalid = form.hasError(name)
  return {
    "aria-invalid": invalid || undefined,
    "aria-describedby": invalid || form.wasWithheld(name) ? errorId(form, name) : undefined,
  }
}
