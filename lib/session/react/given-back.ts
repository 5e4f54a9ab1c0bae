/**
 * Text that a form was given back, found again where the server no longer gives it. Under `cacheComponents`
 * the router keeps the DOM of a page that was left, React may mount its form once more from the payload that
 * held the text, and a field that was mounted with a text keeps it whatever its default becomes.
 */

type Control = HTMLInputElement | HTMLTextAreaElement

/** Per name, the defaults of the fields of one page; of boxes and radio buttons, per name and value. */
export type Defaults = ReadonlyMap<string, string | boolean>

export function readDefaults(): Defaults {
  return new Map(controls().map((control) => [nameOf(control), defaultOf(control)]))
}

/** Fields that still hold what `before` says, though their default is another now, are given it. */
export function replaceOld(before: Defaults): void {
  for (const control of controls()) {
    const old = before.get(nameOf(control))
    if (valueOf(control) !== old || defaultOf(control) === old) continue
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

function nameOf(control: Control): string {
  return isBox(control) ? `${control.name}=${control.value}` : control.name
}

function defaultOf(control: Control): string | boolean {
  return isBox(control) ? control.defaultChecked : control.defaultValue
}

function valueOf(control: Control): string | boolean {
  return isBox(control) ? control.checked : control.value
}
