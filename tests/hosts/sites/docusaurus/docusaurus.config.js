export default {
  title: "Notes",
  url: "http://127.0.0.1",
  baseUrl: "/",
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  themes: ["@docusaurus/theme-classic"],
  onBrokenLinks: "throw",
};
