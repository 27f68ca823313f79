// A page without a framework, for a bundler.
import "ntk-playground";
import "ntk-playground/ledger";

const place = document.querySelector("#app");

window.host = {
  show(shown) {
    place.innerHTML = shown ? '<ntk-playground exhibit="spectrum" views="fit residual" noise="0.5" step="12" autoplay="false"></ntk-playground>' : "<p>Another page.</p>";
  },
};
host.show(true);
