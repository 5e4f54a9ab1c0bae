import type { JSX, SelectHTMLAttributes } from "react"
import type { FormReader } from "../core/form-reader"
import { errorProps } from "../forms/field"
import { ListField } from "./list-field"

interface SelectProps<Field extends string> extends Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  "form" | "name" | "value" | "defaultValue"
> {
  /** The session, or one of its forms. */
  form: FormReader<Field>
  name: NoInfer<Field>
  /** What is chosen before anything was sent; with `multiple` a list. */
  value?: string | readonly string[]
}

/**
 * A select that gives back what was chosen. After an action React resets one to the option it began
 * with, whatever its `defaultValue` is by then; with another choice as its key it is another element.
 */
export function Select<Field extends string>({
  form,
  name,
  value = [],
  ...props
}: SelectProps<Field>): JSX.Element {
  const given = [value].flat()
  const chosen = form.oldAll(name) ?? given
  const defaultValue = props.multiple ? chosen : (chosen[0] ?? given[0] ?? "")
  return (
    <>
      {props.multiple && !props.disabled && <ListField form={form} name={name} />}
      <select
        {...props}
        key={JSON.stringify(defaultValue)}
        name={name}
        defaultValue={defaultValue}
        {...errorProps(form, name)}
      />
    </>
  )
}
