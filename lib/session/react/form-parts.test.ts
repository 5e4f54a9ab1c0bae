import { createElement, type ComponentProps, type JSX, type MouseEvent } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import { beforeEach, describe, expect, it, vi } from "vitest"
import type { FormFeedback } from "../core/flash"
import { createFormReader } from "../core/form-reader"
import { FieldError, FormError, ListField, Select, SubmitButton } from "../react"

const status = vi.hoisted(() => ({ pending: false }))
vi.mock("react-dom", async (original) => ({ ...(await original<object>()), useFormStatus: () => status }))
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh() {} }) }))

const formOf = (feedback?: Partial<FormFeedback>) =>
  createFormReader("", () => feedback && { id: "d", form: { bag: "", old: [], errors: [], ...feedback } })

describe("SubmitButton", () => {
  beforeEach(() => {
    status.pending = false
  })

  /** What a click does, seen from the button that is rendered. */
  function click(props: ComponentProps<typeof SubmitButton>) {
    const event = { preventDefault: vi.fn() }
    function Probe(): JSX.Element {
      const button = SubmitButton(props) as JSX.Element & { props: { onClick(event: MouseEvent): void } }
      button.props.onClick(event as unknown as MouseEvent)
      return button
    }
    return {
      html: renderToStaticMarkup(createElement(Probe)),
      prevented: event.preventDefault.mock.calls.length,
    }
  }

  it("calls the caller's own onClick, but not while the action runs", () => {
    const onClick = vi.fn()
    expect(click({ onClick, name: "go", children: "Go" })).toEqual({
      html: '<button name="go">Go</button>',
      prevented: 0,
    })
    expect(onClick).toHaveBeenCalledOnce()
    status.pending = true
    expect(click({ onClick }).prevented).toBe(1)
    expect(onClick).toHaveBeenCalledOnce()
  })

  it("says that it is disabled while the action runs, or when the caller says so", () => {
    expect(click({ "aria-disabled": true }).html).toContain('aria-disabled="true"')
    status.pending = true
    expect(click({}).html).toContain('aria-disabled="true"')
  })
})

describe("Select", () => {
  const options = ["en", "nl", "pl"].map((value) => createElement("option", { key: value }, value))
  const render = (props: Omit<ComponentProps<typeof Select>, "name"> & { name?: string }) =>
    renderToStaticMarkup(createElement(Select, { name: "language", ...props }, options))
  const chosen = (html: string) => [...html.matchAll(/selected="">(\w+)</g)].map(([, value]) => value)

  it("has the option that was chosen, or else the one the page gives", () => {
    const old: FormFeedback["old"] = [["language", ["nl"]]]
    expect(chosen(render({ form: formOf({ old }), value: "pl" }))).toEqual(["nl"])
    expect(chosen(render({ form: formOf(), value: "pl" }))).toEqual(["pl"])
    expect(chosen(render({ form: formOf({ old: [] }), value: "pl", disabled: true }))).toEqual(["pl"])
  })

  it("is another element for another choice, since React resets one to its first", () => {
    const keyOf = (old: NonNullable<FormFeedback["old"]>) => {
      const { children } = Select({ form: formOf({ old }), name: "language" }).props as {
        children: JSX.Element[]
      }
      return children.find((child) => child && child.type === "select")?.key
    }
    expect(keyOf([["language", ["nl"]]])).not.toBe(keyOf([["language", ["pl"]]]))
    expect(keyOf([["language", ["nl"]]])).toBe(keyOf([["language", ["nl"]]]))
  })

  it("has several options when it is multiple, also none, and then says that it is a list", () => {
    const several = (old: NonNullable<FormFeedback["old"]>) =>
      render({ form: formOf({ old }), name: "languages[]", multiple: true, value: ["en", "nl"] })
    expect(chosen(several([["languages[]", ["nl", "pl"]]]))).toEqual(["nl", "pl"])
    expect(chosen(several([]))).toEqual([])
    expect(several([])).toContain('<input type="hidden" name="_list" value="languages[]"/>')
    expect(render({ form: formOf() })).not.toContain("_list")
  })

  it("is tied to its message and takes what any select does", () => {
    const html = render({
      form: formOf({ errors: [["language", ["Choose one"]]] }),
      required: true,
      className: "wide",
    })
    expect(html).toContain('class="wide"')
    expect(html).toContain('aria-invalid="true" aria-describedby="language-error"')
  })
})

describe("the other parts of a form", () => {
  it("ListField names its list", () => {
    const html = renderToStaticMarkup(createElement(ListField, { form: formOf(), name: "topics[]" }))
    expect(html).toBe('<input type="hidden" name="_list" value="topics[]"/>')
  })

  it("FieldError has an id that no white space splits", () => {
    const form = formOf({ errors: [["first name", ["Needed"]]] })
    const html = renderToStaticMarkup(createElement(FieldError, { form, name: "first name" }))
    expect(html).toBe('<p id="first%20;name-error" class="field-error">Needed</p>')
  })

  it("FieldError says that what was typed is not given back, unless it has something else to say", () => {
    const render = (feedback: Partial<FormFeedback>, withheldMessage?: string) => {
      const props = withheldMessage === undefined ? {} : { withheldMessage }
      return renderToStaticMarkup(
        createElement(FieldError, { form: formOf(feedback), name: "iban", ...props }),
      )
    }
    const withheld = { withheld: ["iban"] }
    expect(render(withheld)).toBe(
      '<p id="iban-error" class="field-error">This was not filled in again. Please enter it once more.</p>',
    )
    expect(render(withheld, "Noch einmal")).toContain(">Noch einmal<")
    expect(render(withheld, "")).toBe("")
    expect(render({ ...withheld, errors: [["iban", ["Wrong"]]] })).toContain(">Wrong<")
    expect(render({ withheld: ["other"] })).toBe("")
  })

  it("FormError says that something was too long, also when nothing else is wrong", () => {
    const render = (feedback?: Partial<FormFeedback>) =>
      renderToStaticMarkup(createElement(FormError, { form: formOf(feedback), trimmedMessage: "Too long" }))
    expect(render({ trimmed: true })).toContain("Too long")
    expect(render({})).toBe("")
  })
})
