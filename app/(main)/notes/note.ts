export interface Note {
  id: string
  title: string
  text: string
}
