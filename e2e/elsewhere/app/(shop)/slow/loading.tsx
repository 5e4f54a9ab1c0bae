export default function Loading() {
  return <p>one moment</p>
}
