export interface Item {
  readonly id: string
  readonly name: string
  readonly price: string
}

export const items: readonly Item[] = [
  { id: "pencil", name: "Pencil", price: "€ 1" },
  { id: "notebook", name: "Notebook", price: "€ 6" },
  { id: "lamp", name: "Lamp", price: "€ 28" },
]
