// What stands in for Google Fonts where they cannot be reached: create-next-app's two families, by their
// addresses, as NEXT_FONT_GOOGLE_MOCKED_RESPONSES takes them.
const face = (family) =>
  `@font-face { font-family: '${family}'; font-style: normal; font-weight: 100 900; font-display: swap; src: local('sans-serif'); }`

module.exports = {
  "https://fonts.googleapis.com/css2?family=Geist:wght@100..900&display=swap": face("Geist"),
  "https://fonts.googleapis.com/css2?family=Geist+Mono:wght@100..900&display=swap": face("Geist Mono"),
}
