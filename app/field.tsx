import { cloneElement, useId, type ReactElement } from "react"

interface FieldProps {
  label: string
  /** The message beside the field; empty when it is fine. */
  error: string
  children: ReactElement<Record<string, unknown>>
}

/** A label, its control and the message that belongs to it. */
export function Field({ label, error, children }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {cloneElement(children, {
        id,
        "aria-invalid": error === "" ? undefined : true,
        "aria-describedby": error === "" ? undefined : `${id}-error`,
      })}
      {error !== "" && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  )
}
