// Chooses the page's theme before the first paint. A classic script, because
// a module would run after it and the page would flash.
(function () {
  var asked = new URLSearchParams(location.search.replace(/&(amp;)+/gi, "&")).get("theme");
  var themes = ["light", "dark", "projector"];
  document.documentElement.dataset.theme = asked !== null && themes.includes(asked)
    ? asked
    : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})();
