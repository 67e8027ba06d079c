export default function HomePage() {
  return <main>Composure</main>
}
