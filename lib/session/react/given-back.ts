/**
 * Text that a form was given back, found again where the server no longer gives it. Under `cacheComponents`
 * the router keeps the DOM of a page that was left, React may mount its form once more from the payload that
 * held the text, and a field that was mounted with a text keeps it whatever its default becomes.
 */

type Control = HTMLInputElement | HTMLTextAreaElement

/** Which default each field of a page has, by name; another form may have a field of the same name. */
export type Defaults = ReadonlySet<string>

export function readDefaults(): Defaults {
  return new Set(controls().map((control) => described(control, defaultOf(control))))
}

/** Fields that still hold a default of `before`, and have another now, are given it. */
export function replaceOld(before: Defaults): void {
  for (const control of controls()) {
    const value = valueOf(control)
    if (value === defaultOf(control) || !before.has(described(control, value))) continue
    if (isBox(control)) control.checked = control.defaultChecked
    else control.value = control.defaultValue
  }
}

function controls(): Control[] {
  const all = document.querySelectorAll<Control>("form :is(input, textarea)[name]")
  return [...all].filter(({ type }) => !["hidden", "file", "password", "submit", "button"].includes(type))
}

function isBox(control: Control): control is HTMLInputElement {
  return control.type === "checkbox" || control.type === "radio"
}

function described({ name, value }: Control, state: string | boolean): string {
  return JSON.stringify(typeof state === "string" ? [name, state] : [name, value, state])
}

function defaultOf(control: Control): string | boolean {
  return isBox(control) ? control.defaultChecked : control.defaultValue
}

function valueOf(control: Control): string | boolean {
  return isBox(control) ? control.checked : control.value
}
