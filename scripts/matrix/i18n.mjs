import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { edit } from "../../e2e/fixture-variant.mjs"

/** The fixture's folders that hold pages. */
const pages = ["(site)", "(apart)", "lonely", "prerendered", "static"]

/**
 * Gives the app two languages by next-intl, as its docs say: pages under `[locale]`, the default language
 * without a prefix, and next-intl's own middleware inside the kit's.
 *
 * @param {string} folder of the app
 */
export function addLocales(folder) {
  const app = join(folder, "app")
  mkdirSync(join(app, "[locale]"))
  for (const name of pages) renameSync(join(app, name), join(app, "[locale]", name))
  for (const path of readdirSync(app, { recursive: true, encoding: "utf8" })) {
    const file = join(app, path)
    if (!statSync(file).isFile()) continue
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"@/app/(site)/', '"@/app/[locale]/(site)/'))
  }
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true })
    writeFileSync(join(folder, path), code)
  }
  edit(join(folder, "middleware.ts"), (code) =>
    code
      .replace("export default", `${middlewareImports}\nexport default`)
      .replaceAll(/url\.pathname = "\/(form|other)"/g, 'url.pathname = "/en/$1"')
      .replace("\n})\n", "\n  if (!/^\\/(api|raw)\\b|\\./.test(pathname)) return intl(request)\n})\n"),
  )
  edit(join(folder, "next.config.mjs"), (code) =>
    code
      .replace("import", 'import createNextIntlPlugin from "next-intl/plugin"\nimport')
      .replace("export default nextConfig", "export default createNextIntlPlugin()(nextConfig)"),
  )
}

const middlewareImports = `import createMiddleware from "next-intl/middleware"
import { routing } from "@/i18n/routing"

const intl = createMiddleware(routing)
`

const files = {
  "i18n/routing.ts": `import { defineRouting } from "next-intl/routing"

export const routing = defineRouting({
  locales: ["en", "de"],
  defaultLocale: "en",
  localePrefix: "as-needed",
})
`,
  "i18n/request.ts": `import { hasLocale } from "next-intl"
import { getRequestConfig } from "next-intl/server"
import { routing } from "./routing"

const greetings = { en: "Good day", de: "Guten Tag" }

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  return { locale, messages: { greeting: greetings[locale] } }
})
`,
  "app/[locale]/layout.tsx": `import type { ReactNode } from "react"
import { NextIntlClientProvider } from "next-intl"
import { getTranslations, setRequestLocale } from "next-intl/server"
import { routing } from "@/i18n/routing"

export const generateStaticParams = () => routing.locales.map((locale) => ({ locale }))

type Props = { children: ReactNode; params: Promise<{ locale: string }> }

export default async function LocaleLayout({ children, params }: Props) {
  setRequestLocale((await params).locale)
  const translate = await getTranslations()
  return (
    <NextIntlClientProvider>
      {children}
      <footer>{translate("greeting")}</footer>
    </NextIntlClientProvider>
  )
}
`,
}
